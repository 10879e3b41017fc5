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
        if test $word = -o; or __purecc_table $words[1] |
                string match -q -r -- "^$word\t[A-Z]"
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

# A line for each option of program $argv: its name, its argument's name, what it does.
function __purecc_table
    $argv[1] --help 2>/dev/null | sed -nE '
        s/^  (-[a-zA-Z], )?(-)/\2/; t option
        d
        : option
        s/^(--?[a-zA-Z][a-z-]*=[a-z|]+)  +(.*)/\1\t\t\2/p; t
        s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+)[^ ]*( +(.*))?$/\1\t\2\t\4/p; t
        s/^(--?[a-zA-Z][a-z-]*)(  +(.*))?$/\1\t\t\3/p'
end

function __purecc_handler_options
    set -l words (commandline -opc)
    set -l at (contains -i -- --handler $words)
    or return
    $words[1] --handler $words[(math $at + 1)] -O help 2>/dev/null |
        sed -nE 's/^  ([a-z_A-Z0-9]+=?).*/\1/p'
end

function __purecc_complete
    set -l program $argv[1]
    set -l before __purecc_no_command
    test $program != pure-audit; or set before true
    __purecc_table $program | while read -l -d \t name argument help
        set -l option -l (string replace -r '^--' '' -- $name)
        string match -q -- '--*' $name
        or set option -s (string replace -r '^-' '' -- $name)
        set -l values
        switch $argument
            case ''
            case DIR
                set values -x -a '(__fish_complete_directories)'
            case NAME
                set values -r -F -a "($program --list 2>/dev/null | string replace -r ' +' \t)"
            case KEY
                set values -x -a '(__purecc_handler_options)'
            case '*'
                set values -r -F
        end
        complete -c $program -n $before $option $values -d "$help"
    end
    test $program = pure-audit
    and return
    complete -c $program -x -a '(__purecc_command)'
    test $program = pure-run
    and complete -c $program -n $before -s o -r -F
end

__purecc_complete (string replace -r '.*/' '' -- (status basename) | string replace -r '\.fish$' '')
