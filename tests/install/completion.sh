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
	"$1" --help | sed -nE '/^  -/ {
		s/^  (-[a-zA-Z]), (--)/  \1\n  \2/
		s/^  (-[a-zA-Z-]*)[^\n]*/\1/
		s/\n  (-[a-zA-Z-]*).*/\n\1/
		p
	}' | sort
}

# every_option SHELL PROGRAM: each is among what "-" or "--" is completed to.
every_option() {
	for dashes in - --; do
		"complete_in_$1" "$2 $dashes"
	done | sed 's/=.*//' | sort -u >"$work/completed"
	options "$2" | grep -vxF -f "$work/completed" >"$work/missing" || :
	[ ! -s "$work/missing" ] ||
		fail "$1: $2: not completed: $(cat "$work/missing")"
}

# Lines, and what their last words are completed to. What is before the last "=", ","
# or "/" of a word is left out, as some shells have it.
lines="
pure-run --handler tr|trace
pure-run --handler trace -O |output
pure-run --follow=|only
pure-run -o $work/user/a-|a-file
pure-run --handler pass cat $work/user/a-|a-file
pure-run --handler pass -- en|env
pure-run --follow=only en|env
pure-run -E HOM|HOME
pure-run --env A=b en|env
pure-audit $work/user/a-|a-file
pure-root --undo $work/use|user
pure-root --glibc $work/use|user
pure-trace -o $work/user/a-|a-file
pure-trace --output $work/user/a-|a-file
pure-trace -e qui|quiet
pure-trace -e trace=%fi|%file
pure-trace -e trace=open,%net|%network
pure-trace --trace=%net|%network
pure-trace --trace %%statf|%%statfs
pure-trace --abbrev=n|none
pure-trace -S max|max_time
pure-trace -X r|raw
pure-trace --signal SIGUSR|SIGUSR1
pure-trace -e status=fa|failed
pure-trace -u ro|root
pure-trace -E HOM|HOME
pure-trace -S time en|env
pure-sweep --html $work/user/a-|a-file
pure-sweep --stdin $work/user/a-|a-file
pure-sweep --jobs 2 --no-gdb en|env
"
: >user/a-file

# all SHELL
all() {
	for program in purecc pure-run pure-audit pure-root pure-trace pure-sweep; do
		every_option "$1" "$program"
	done
	echo "$lines" | sed '/^$/d' >"$work/lines"
	while IFS='|' read -r line wanted; do
		got=$("complete_in_$1" "$line" </dev/null) ||
			fail "$1: $line: exit status $?"
		echo "$got" | sed 's/=$//; s/.*[=,/]//' | grep -qxF -e "$wanted" ||
			fail "$1: $line: no $wanted, but: $got"
	done <"$work/lines"
}

# The file of a shell is found by the program's name, or it is zsh's. readline makes
# three words of KEY=VALUE.
share=$tree/share
complete_in_bash() {
	bash -c '
		source "$1/bash-completion/completions/${2%% *}"
		read -ra COMP_WORDS <<<"${2//=/ = }"
		[[ $2 != *[\ =] ]] || COMP_WORDS+=("")
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

# zsh completes on a terminal only. What is added there is written to a file.
cat >capture.zsh <<'END'
fpath=($SHARE/zsh/site-functions $fpath)
autoload -Uz compinit
compinit -u -d $COMPLETED.dump
compadd () {
	local -a found
	if [[ ${@[1,(i)(-|--)]} != *-[OAD]* ]]; then
		builtin compadd -O found "$@"
		print -rl -- $found >>$COMPLETED
	fi
	builtin compadd "$@"
}
capture () {
	_main_complete
	print; print COMPLETED-$((1 + 1))
}
zle -C capture complete-word capture
bindkey '^I' capture
print READY-$((1 + 1))
END
cat >terminal.zsh <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source ${(q)1}"
zpty -r -m shell out '*READY-2*'
zpty -w -n shell $2$'\t'
zpty -r -m shell out '*COMPLETED-2*'
zpty -d shell
END
complete_in_zsh() {
	: >completed.zsh
	SHARE=$share COMPLETED=$work/completed.zsh timeout 60 \
		zsh -f terminal.zsh "$work/capture.zsh" "$1" || return
	cat completed.zsh
}

for shell in bash fish zsh; do
	if command -v "$shell" >/dev/null; then
		all "$shell"
	else
		echo "there is no $shell"
	fi
done
[ "$failed" = 0 ] || exit 1
