#compdef purecc pure-run pure-audit pure-root pure-trace pure-sweep
# Completion of purecc's programs in zsh.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The options are those of the program's own --help, the handlers and their options
# those that pure-run lists.

# What an argument that --help calls $1 is completed by.
_purecc_action() {
	case $1 in
	*'|'*) print "(${1//\|/ })" ;;
	CALLS) print _purecc_calls ;;
	COLUMN | COLUMNS | ERRORS | NUMBER | SIZE | SYMBOL | TIME) print ' ' ;;
	DIR) print _directories ;;
	EXPRESSION) print _purecc_expression ;;
	KEY) print _purecc_handler_options ;;
	NAME) print _purecc_handlers ;;
	SIGNALS) print _purecc_signals ;;
	STATUS) print _purecc_statuses ;;
	USER) print _users ;;
	VARIABLE) print '_parameters -g "*export*"' ;;
	*) print _files ;;
	esac
}

# What pure-trace's sets have.
_purecc_calls() {
	local -a classes
	classes=(${(s:, :)"$(${words_all[1]} --help | sed -n '/^CLASS: /,$p' |
		tr '\n' ' ')"})
	classes=(${classes#CLASS: })
	_sequence compadd - all none %${^classes% }
}

_purecc_signals() {
	_sequence compadd - SIG${^signals}
}

_purecc_statuses() {
	_sequence compadd - successful failed unfinished
}

# pure-trace's KEY=SET.
_purecc_expression() {
	local key=${PREFIX%%=*}
	if compset -P '*='; then
		case $key in
		signal) _purecc_signals ;;
		status) _purecc_statuses ;;
		trace | raw | verbose | abbrev | inject | fault) _purecc_calls ;;
		esac
	else
		compadd -S = trace status signal raw verbose abbrev quiet decode-fds \
			read write inject fault
		_purecc_calls
	fi
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
		/^  -/!d
		s/^  (-[a-zA-Z]), (--[a-z-]+)([= ][^ ]+)?(  .*)?$/\1\3\4\n\2\3\4/
		s/^  //
		p' | sed -nE '
		s/^(-[a-zA-Z])=/\1 /; t next
		: next
		s/^(--[a-z-]+=[a-z]+)(  +(.*))?$/\1\t\t\3/p; t
		s/^(--[a-z-]+=)([a-z_|-]+)(  +(.*))?$/\1\t\2\t\4/p; t
		s/^(--?[a-zA-Z][a-z-]*) ([A-Z]+|[a-z_]+[|][a-z_|]+)[^ ]*( +(.*))?$/\1\t\2\t\4/p; t
		s/^(--?[a-zA-Z][a-z-]*)(  +(.*))?$/\1\t\t\3/p')"}; do
		name=${line%%$'\t'*} rest=${line#*$'\t'}
		argument=${rest%%$'\t'*} rest=${rest#*$'\t'}
		rest=${${rest//:/ }//[\[\]]/ }
		if [[ -n $argument ]]; then
			# After "=", or as the next word.
			[[ $name != --* ]] || name=${name%=}=
			specs+=("*${name}[$rest]:$argument:$(_purecc_action $argument)")
		else
			specs+=("${name}[$rest]")
		fi
	done
}

_purecc() {
	local -a specs words_all=($words)
	_purecc_specs ${words[1]}
	if [[ ${words[1]:t} == pure-(audit|root) ]]; then
		_arguments $specs '*:file:_files'
	else
		_arguments -S $specs '(-)1:command: _command_names -e' \
			'*::argument: _normal'
	fi
}

_purecc "$@"
