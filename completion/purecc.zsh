#compdef purecc pure-run pure-audit
# Completion of purecc's programs in zsh.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The options are those of the program's own --help, the handlers and their options
# those that pure-run lists.

# What an argument that --help calls $1 is completed by.
_purecc_action() {
	case $1 in
	DIR) print _directories ;;
	NAME) print _purecc_handlers ;;
	KEY) print _purecc_handler_options ;;
	SYMBOL) print ' ' ;;
	*) print _files ;;
	esac
}

_purecc_handlers() {
	local -a handlers
	handlers=(${(f)"$(${words_all[1]} --list 2>/dev/null | sed 's/  */:/')"})
	_describe handler handlers
	_files
}

_purecc_handler_options() {
	local -a keys
	local at=${words_all[(I)--handler]}
	(( at )) || return 1
	keys=(${(f)"$(${words_all[1]} --handler ${words_all[at + 1]} -O help \
		2>/dev/null | sed -nE 's/^  ([a-z_A-Z0-9]+=?).*/\1/p')"})
	compadd -S '' -a keys
}

# The specifications of $1's options for _arguments, in the array specs.
_purecc_specs() {
	local line name argument rest
	for line in ${(f)"$($1 --help 2>/dev/null | sed -nE '
		s/^  (-[a-zA-Z], )?(-)/\2/; t option
		d
		: option
		s/^(--?[a-zA-Z][a-z-]*=[a-z|]+)  +(.*)/\1\t\t\2/p; t
		s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+)[^ ]*( +(.*))?$/\1\t\2\t\4/p; t
		s/^(--?[a-zA-Z][a-z-]*)(  +(.*))?$/\1\t\t\3/p')"}; do
		name=${line%%$'\t'*} rest=${line#*$'\t'}
		argument=${rest%%$'\t'*} rest=${rest#*$'\t'}
		rest=${${rest//:/ }//[\[\]]/ }
		if [[ -n $argument ]]; then
			specs+=("*${name}[$rest]:$argument:$(_purecc_action $argument)")
		else
			specs+=("${name}[$rest]")
		fi
	done
}

_purecc() {
	local -a specs words_all=($words)
	_purecc_specs ${words[1]}
	if [[ ${words[1]:t} == pure-audit ]]; then
		_arguments $specs '*:file:_files'
	else
		[[ ${words[1]:t} != pure-run ]] ||
			specs+=('-o[short for -O output=FILE]:FILE:_files')
		_arguments -S $specs '(-)1:command: _command_names -e' \
			'*::argument: _normal'
	fi
}

_purecc "$@"
