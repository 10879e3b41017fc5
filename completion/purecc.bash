# Completion of purecc's programs in bash.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Installed under each program's name, by which bash-completion finds it; or to be
# read by `source'. The options are those of the program's own --help, the handlers
# and their options those that pure-run lists.

# _purecc_table PROGRAM: a line for each option: its name, and its argument's or "-".
_purecc_table() {
	"$1" --help 2>/dev/null | sed -nE '
		s/^  (-[a-zA-Z], )?(-)/\2/; t option
		d
		: option
		s/^(--?[a-zA-Z][a-z-]*)=([a-z|]+)  .*/\1= \2/p; t
		s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+)[^ ]*( .*)?$/\1 \2/p; t
		s/^(--?[a-zA-Z][a-z-]*)(  .*)?$/\1 -/p'
}

# _purecc_argument PROGRAM OPTION: the name of OPTION's argument, or nothing.
_purecc_argument() {
	local name argument
	while read -r name argument; do
		[[ $name != "$2" || $argument == - ]] || echo "$argument"
	done < <(_purecc_table "$1")
	[[ $2 != -o ]] || echo FILE
}

# _purecc_values KIND: what an argument called KIND may be.
_purecc_values() {
	local program=${COMP_WORDS[0]} handler
	case $1 in
	DIR) compgen -d -- "$cur" ;;
	NAME)
		if [[ $cur == */* ]]; then
			compgen -f -- "$cur"
		else
			compgen -W "$("$program" --list 2>/dev/null |
				sed 's/ .*//')" -- "$cur"
		fi
		;;
	KEY)
		handler=$(_purecc_before --handler)
		[[ -z $handler ]] || compgen -W "$("$program" --handler \
			"$handler" -O help 2>/dev/null |
			sed -nE 's/^  ([a-z_A-Z0-9]+=?).*/\1/p')" -- "$cur"
		;;
	SYMBOL) ;;
	*) compgen -f -- "$cur" ;;
	esac
}

# _purecc_before OPTION: the argument of the last OPTION before the cursor.
_purecc_before() {
	local i
	for ((i = COMP_CWORD - 1; i > 0; i--)); do
		if [[ ${COMP_WORDS[i]} == "$1" ]]; then
			echo "${COMP_WORDS[i + 1]}"
			return
		fi
	done
}

# _purecc_command: the index of the first word that is neither an option nor the
# argument of one, at most the cursor's.
_purecc_command() {
	local i=1 word
	while ((i < COMP_CWORD)); do
		word=${COMP_WORDS[i]}
		((i++))
		if [[ $word == -- ]]; then
			break
		elif [[ $word == = ]]; then
			# --OPTION=VALUE is three words.
			((i++))
		elif [[ $word != -* ]]; then
			((i--))
			break
		elif [[ -n $(_purecc_argument "${COMP_WORDS[0]}" "$word") ]]; then
			((i++))
		fi
	done
	echo "$i"
}

# _purecc_words: a command's name, or an argument of one.
_purecc_words() {
	if [[ ${COMP_WORDS[0]##*/} == pure-audit ]]; then
		compgen -f -- "$cur"
	elif (($1 < COMP_CWORD)); then
		declare -F _command_offset >/dev/null || compgen -f -- "$cur"
	else
		compgen -c -- "$cur"
	fi
}

_purecc() {
	local cur=${COMP_WORDS[COMP_CWORD]} previous argument command
	previous=${COMP_WORDS[COMP_CWORD - 1]}
	command=$(_purecc_command)
	COMPREPLY=()
	if ((command < COMP_CWORD)) && declare -F _command_offset >/dev/null &&
		[[ ${COMP_WORDS[0]##*/} != pure-audit ]]; then
		_command_offset "$command"
		return
	fi
	argument=$(_purecc_argument "${COMP_WORDS[0]}" "$previous")
	if ((command > COMP_CWORD)) || [[ -n $argument && $previous == -* ]]; then
		mapfile -t COMPREPLY < <(_purecc_values "$argument")
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_purecc_table \
			"${COMP_WORDS[0]}" | sed 's/= \(.*\)|.*/=\1/; s/ .*//')" \
			-- "$cur")
	else
		mapfile -t COMPREPLY < <(_purecc_words "$command")
	fi
}

complete -o filenames -F _purecc purecc pure-run pure-audit
