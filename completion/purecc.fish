# Completion of purecc's programs in fish.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installed under each program's name, by which fish finds it. The options are those
# of the program's own --help, the handlers and their options those that pure-run
# lists.

# The number of the word that the program's command begins with, or would.
function __purecc_first
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        set -l word $words[$i]
        string match -q -- '-*' $word
        or break
        set i (math $i + 1)
        test $word != --
        or break
        if __purecc_table $words[1] | string match -q -r -- "^$word\t."
            set i (math $i + 1)
        end
    end
    echo $i
end

# Is the cursor still before the program's command?
function __purecc_no_command
    test (__purecc_first) -gt (count (commandline -opc))
end

# What would complete the command alone.
function __purecc_command
    set -l words (commandline -opc)
    set -l first (__purecc_first)
    set -l rest
    if test $first -le (count $words)
        set rest (string escape -- $words[$first..-1])
    end
    set -l line (string join ' ' -- $rest (commandline -ct))
    complete -C"$line"
end

# A line for each option of program $argv: its name, its argument's name or the words that
# it may be, what it does.
function __purecc_table
    $argv[1] --help 2>/dev/null | sed -nE '
        /^  -/!d
        s/^  (-[a-zA-Z]), (--[a-z-]+)([= ][^ ]+)?(  .*)?$/\1\3\4\n\2\3\4/
        s/^  //
        p' | sed -nE '
        s/^(-[a-zA-Z])=/\1 /; t next
        : next
        s/^(--[a-z-]+=[a-z]+)(  +(.*))?$/\1\t\t\3/p; t
        s/^(--[a-z-]+)=([a-z_|-]+)(  +(.*))?$/\1\t\2\t\4/p; t
        s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+|[a-z_]+[|][a-z_|]+)[^ ]*( +(.*))?$/\1\t\2\t\4/p; t
        s/^(--?[a-zA-Z][a-z-]*)(  +(.*))?$/\1\t\t\3/p'
end

# What pure-trace's sets of calls have.
function __purecc_calls
    printf '%s\n' all none
    set -l words (commandline -opc)
    $words[1] --help | sed -n '/^CLASS: /,$s/^CLASS: //; t list
        d
        : list
        N; $!b list
        s/[,\n ][,\n ]*/\n/g; s/^/\n/; s/\n\(.\)/\n%\1/g; s/^\n//p'
end

# pure-trace's KEY=SET.
function __purecc_expressions
    __purecc_calls
    printf 'trace=%s\n' (__purecc_calls)
    printf 'status=%s\n' (__purecc_statuses)
    printf '%s\n' signal= raw= verbose= abbrev= quiet= decode-fds= read= write= inject= fault=
end

function __purecc_statuses
    printf '%s\n' successful failed unfinished
end

function __purecc_handler_options
    set -l words (commandline -opc)
    set -l at (contains -i -- --handler $words)
    or return
    $words[1] --handler $words[(math $at + 1)] -O help 2>/dev/null |
        sed -nE 's/^  ([a-z_A-Z0-9]+=?).*/\1/p'
end

# The arguments of complete for an option whose argument is called $argv[2], of
# program $argv[1].
function __purecc_values
    switch $argv[2]
        case '*|*'
            printf '%s\n' -x -a (string replace -a '|' ' ' -- $argv[2])
        case CALLS
            printf '%s\n' -x -a '(__fish_append , (__purecc_calls))'
        case COLUMN COLUMNS ERRORS NUMBER SIZE SYMBOL TIME
            printf '%s\n' -x
        case DIR
            printf '%s\n' -x -a '(__fish_complete_directories)'
        case EXPRESSION
            printf '%s\n' -x -a '(__fish_append , (__purecc_expressions))'
        case KEY
            printf '%s\n' -x -a '(__purecc_handler_options)'
        case NAME
            printf '%s\n' -r -F -a "($argv[1] --list 2>/dev/null | string replace -r ' +' \t)"
        case SIGNALS
            printf '%s\n' -x -a '(__fish_append , SIG(kill -l | string split " "))'
        case STATUS
            printf '%s\n' -x -a '(__fish_append , (__purecc_statuses))'
        case USER
            printf '%s\n' -x -a '(__fish_complete_users)'
        case VARIABLE
            printf '%s\n' -x -a '(set -nx)'
        case '?*'
            printf '%s\n' -r -F
    end
end

function __purecc_complete
    set -l program $argv[1]
    set -l before __purecc_no_command
    contains -- $program pure-audit pure-root; or set before true
    __purecc_table $program | while read -l -d \t name argument help
        set -l option -s (string replace -r '^-' '' -- $name)
        string match -q -- '--*' $name
        and set option -l (string replace -r '^--' '' -- $name)
        complete -c $program -n $before $option (__purecc_values $program $argument) -d "$help"
    end
    contains -- $program pure-audit pure-root
    or complete -c $program -x -a '(__purecc_command)'
end

__purecc_complete (string replace -r '.*/' '' -- (status basename) | string replace -r '\.fish$' '')
