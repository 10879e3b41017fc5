#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion, as it is installed, in bash, zsh and fish: each option of a program's
# --help, the handlers, their options, files, and the words of the command.
# shellcheck disable=SC2016 # what a shell gets is for itself to expand
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"

moved_tree
PATH=$tree/bin:$PATH

# options PROGRAM: those that --help has.
options() {
	"$1" --help | sed -nE 's/^  (-[a-zA-Z], )?(--?[a-zA-Z][a-z-]*=?).*/\2/p' |
		grep -e -- | sort
}

# expect SHELL WANTED LINE: LINE is completed to WANTED, among others.
expect() {
	got=$("complete_in_$1" "$3") || fail "$1: $3: exit status $?"
	echo "$got" | grep -qxF -e "$2" || fail "$1: $3: no $2, but: $got"
}

# every_option SHELL PROGRAM
every_option() {
	for option in $(options "$2"); do
		case $option in
		*=) option=$(options_with_values "$1" "$2" "$option") ;;
		esac
		expect "$1" "$option" "$2 --"
	done
}

# options_with_values SHELL PROGRAM OPTION: how SHELL completes it.
options_with_values() {
	if [ "$1" = bash ]; then
		echo "$3"
	else
		"$2" --help | sed -nE "s/^  ($3[a-z]*).*/\1/p"
	fi
}

# all SHELL
all() {
	for program in purecc pure-run pure-audit; do
		every_option "$1" "$program"
	done
	expect "$1" trace 'pure-run --handler tr'
	expect "$1" output= 'pure-run --handler trace -O '
	expect "$1" "$work/user/a-file" "pure-run -o $work/user/a-"
	expect "$1" "$work/user/a-file" "pure-run --handler pass cat $work/user/a-"
	expect "$1" "$work/user/a-file" "pure-audit $work/user/a-"
	expect "$1" env 'pure-run --handler pass -- en'
}
: >user/a-file

# The file of a shell is found by the program's name, or it is zsh's.
share=$tree/share
complete_in_bash() {
	bash -c '
		source "$1/bash-completion/completions/${2%% *}"
		read -ra COMP_WORDS <<<"$2"
		[[ $2 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		function_of=$(complete -p "${COMP_WORDS[0]}" |
			sed "s/.*-F \([^ ]*\).*/\1/")
		$function_of
		printf "%s\n" "${COMPREPLY[@]}"' bash "$share" "$1"
}

complete_in_fish() {
	HOME=$work/user XDG_DATA_DIRS="$share" fish --no-config -c '
		source $argv[1]/fish/vendor_completions.d/(string split " " -- $argv[2])[1].fish
		complete -C"$argv[2]"' "$share" "$1" | cut -f 1
}

for shell in bash fish; do
	if command -v "$shell" >/dev/null; then
		all "$shell"
	else
		echo "there is no $shell"
	fi
done

# Of zsh, what is given to the function that does the rest.
complete_in_zsh() {
	zsh -f -c '
		compdef () { : }
		_arguments () { print -rl -- "$@" }
		words=(${=2})
		source $1/_purecc' zsh "$share/zsh/site-functions" "$1" |
		sed 's/\[.*//; s/^\*//'
}
if command -v zsh >/dev/null; then
	for program in purecc pure-run pure-audit; do
		every_option zsh "$program"
	done
else
	echo 'there is no zsh'
fi
[ "$failed" = 0 ] || exit 1
