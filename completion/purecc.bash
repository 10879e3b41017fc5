# Completion of purecc's programs in bash.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Installed under each program's name, by which bash-completion finds it; or to be
# read by `source'. The options are those of the program's own --help, the handlers
# and their options those that pure-run lists.

# _purecc_table: a line for each option of the program: its name, which ends in "=" if
# its argument has to follow that, and its argument's or "-".
_purecc_table() {
	"${words[0]}" --help 2>/dev/null | sed -nE '
		/^  -/!d
		s/^  (-[a-zA-Z]), (--[a-z-]+)([= ][^ ]+)?(  .*)?$/\1\3\n\2\3/
		s/^  //
		p' | sed -nE '
		s/^(-[a-zA-Z])=/\1 /; t next
		: next
		s/^(--[a-z-]+=)([a-z_|-]+)(  .*)?$/\1 \2/p; t
		s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+|[a-z_]+[|][a-z_|]+)[^ ]*( .*)?$/\1 \2/p; t
		s/^(--?[a-zA-Z][a-z-]*)(  .*)?$/\1 -/p'
}

# _purecc_argument OPTION: the name of OPTION's argument, or nothing.
_purecc_argument() {
	local name argument
	while read -r name argument; do
		[[ $name != "$1" || $argument == - ]] || echo "$argument"
	done < <(_purecc_table)
}

# _purecc_classes: those of pure-trace's sets of calls.
_purecc_classes() {
	"${words[0]}" --help | sed -n '/^CLASS: /,$s/^CLASS: //; t list
		d
		: list
		N; $!b list
		s/[,\n ][,\n ]*/\n/g; s/^/\n/; s/\n/ %/g; p'
}

# _purecc_set WORDS WORD: the last name of WORD, a set, as one of WORDS.
_purecc_set() {
	local prefix=
	[[ $2 != *,* ]] || prefix=${2%,*},
	compgen -P "$prefix" -W "$1" -- "${2#"$prefix"}"
}

# _purecc_expression WORD: pure-trace's KEY=SET.
_purecc_expression() {
	local key=${1%%=*} argument
	if [[ $1 == *=* ]]; then
		argument=$(_purecc_argument "--$key")
		_purecc_values "${argument:-$(_purecc_argument "--$key=")}" \
			"${1#*=}" | sed "s/^/$key=/"
	else
		compgen -W 'trace= status= signal= raw= verbose= abbrev= quiet=
			decode-fds= read= write= inject= fault=' -- "$1"
		_purecc_values CALLS "$1"
	fi
}

# _purecc_values KIND WORD: what an argument called KIND may be.
_purecc_values() {
	local handler
	case $1 in
	[a-z]*) compgen -W "${1//|/ }" -- "$2" ;;
	CALLS) _purecc_set "all none $(_purecc_classes)" "$2" ;;
	COLUMN | COLUMNS | ERRORS | NUMBER | SIZE | SYMBOL | TIME) ;;
	DIR) compgen -d -- "$2" ;;
	EXPRESSION) _purecc_expression "$2" ;;
	KEY)
		handler=$(_purecc_before --handler)
		if [[ $2 == *=* ]]; then
			compgen -f -- "${2#*=}" | sed "s/^/${2%%=*}=/"
		elif [[ -n $handler ]]; then
			compgen -W "$("${words[0]}" --handler "$handler" -O help \
				2>/dev/null |
				sed -nE 's/^  ([a-z_A-Z0-9]+=?).*/\1/p')" -- "$2"
		fi
		;;
	NAME)
		if [[ $2 == */* ]]; then
			compgen -f -- "$2"
		else
			compgen -W "$("${words[0]}" --list 2>/dev/null |
				sed 's/ .*//')" -- "$2"
		fi
		;;
	SIGNALS) _purecc_set "$(compgen -A signal SIG)" "$2" ;;
	STATUS) _purecc_set 'successful failed unfinished' "$2" ;;
	USER) compgen -u -- "$2" ;;
	VARIABLE) compgen -e -- "$2" ;;
	*) compgen -f -- "$2" ;;
	esac
}

# _purecc_before OPTION: the argument of the last OPTION before the cursor.
_purecc_before() {
	local i
	for ((i = at - 1; i > 0; i--)); do
		if [[ ${words[i]} == "$1" ]]; then
			echo "${words[i + 1]}"
			return
		fi
	done
}

# _purecc_command: the index of the first word that is neither an option nor the
# argument of one, at most the cursor's.
_purecc_command() {
	local i=1 word
	while ((i < at)); do
		word=${words[i]}
		((i++))
		if [[ $word == -- ]]; then
			break
		elif [[ $word != -* ]]; then
			((i--))
			break
		elif [[ $word != *=* && -n $(_purecc_argument "$word") ]]; then
			((i++))
		fi
	done
	echo "$i"
}

# _purecc_words: set words to the line's as the program gets them, where readline makes
# three of KEY=VALUE, places to where each begins among readline's, and at to the
# cursor's.
_purecc_words() {
	local i joined=
	words=() places=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		if ((i > 1)) && [[ -n $joined || ${COMP_WORDS[i]} == = ]]; then
			words[-1]+=${COMP_WORDS[i]}
		else
			words+=("${COMP_WORDS[i]}")
			places+=("$i")
		fi
		joined=
		[[ ${COMP_WORDS[i]} != = ]] || joined=yes
	done
	at=$((${#words[@]} - 1))
}

# _purecc_complete COMMAND: print what the word at the cursor may be, where the
# program's command is, or would be, word COMMAND.
_purecc_complete() {
	local argument='' key=${cur%%=*}
	((at == 1)) || [[ ${words[at - 1]} != -* ]] ||
		argument=$(_purecc_argument "${words[at - 1]}")
	if [[ -n $argument ]]; then
		_purecc_values "$argument" "$cur"
	elif [[ ${words[0]##*/} != pure-@(audit|root) ]] && (($1 < at)); then
		compgen -f -- "$cur"
	elif [[ $cur == --*=* ]]; then
		argument=$(_purecc_argument "$key=")
		_purecc_values "${argument:-$(_purecc_argument "$key")}" \
			"${cur#*=}" | sed "s/^/$key=/"
	elif [[ $cur == -* ]]; then
		compgen -W "$(_purecc_table | sed 's/ .*//')" -- "$cur"
	elif [[ ${words[0]##*/} == pure-@(audit|root) ]]; then
		compgen -f -- "$cur"
	else
		compgen -c -- "$cur"
	fi
}

_purecc() {
	local words places at command cur
	_purecc_words
	cur=${words[at]}
	command=$(_purecc_command)
	if ((command < at)) && declare -F _command_offset >/dev/null &&
		[[ ${words[0]##*/} != pure-@(audit|root) ]]; then
		_command_offset "${places[command]}"
		return
	fi
	mapfile -t COMPREPLY < <(_purecc_complete "$command")
	[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
	# What readline replaces begins after the last "=".
	[[ $COMP_WORDBREAKS != *=* || $cur != *=* ]] ||
		COMPREPLY=("${COMPREPLY[@]#"${cur%=*}="}")
}

complete -o filenames -F _purecc purecc pure-run pure-audit pure-root pure-trace \
	pure-sweep
