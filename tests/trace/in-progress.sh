#!/bin/sh
# A call that waits is in the trace while it does, also in that of a program that was
# killed; and lines are whole, whatever programs that aren't followed lie between those
# that write them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"

# has REGEX, lacks REGEX: of the lines.
has() {
	grep -q -E -e "$1" lines || {
		fail "$how: no line is $1"
		tail -n 5 lines
	}
}
lacks() {
	! grep -E -e "$1" lines || fail "$how: a line is $1"
}

# whole: each line begins and ends as one does, and a call that is unfinished is
# resumed before the next of its thread; but for an execve that succeeds in the program's
# own namespace.
whole() {
	lacks '^[0-9]+ .* [0-9]+  ([a-z0-9_]+\(|<\.\.\.|\+\+\+)'
	grep -v -E '^[0-9]+ +([a-z0-9_]+\(|<\.\.\. [a-z0-9_]+ resumed>|---|\+\+\+)' lines &&
		fail "$how: lines that begin otherwise"
	grep -v -E '(= (-?[0-9]+|\?|0x[0-9a-f]+)( .*)?|---|\+\+\+|<unfinished \.\.\.>)$' \
		lines && fail "$how: lines that end otherwise"
	awk -v how="$how" '/ resumed>/ { if (!($1 in open)) bad = 1; delete open[$1]; next }
	     !/ (\+\+\+|---) / && $1 in open {
		if (open[$1] ~ /^execve\(/ && how != "")
			delete open[$1]
		else
			bad = 1
	     }
	     / <unfinished \.\.\.>$/ { open[$1] = $2 }
	     END { exit bad }' lines || fail "$how: what is resumed wasn't unfinished"
}

# It hangs, and is killed.
traced lines sleep 1000 &
for _ in $(seq 300); do
	! grep -q 'nanosleep(' lines 2>/dev/null || break
	sleep 0.1
done
[ "$(tail -n 1 lines | grep -c -E '^[0-9]+ +clock_nanosleep\(.*, $')" -eq 1 ] ||
	fail "not seen: $(tail -n 1 lines)"
kill -KILL "$(sed -n '1s/ .*//p' lines)"
wait "$!" || :
[ "$(tail -n 1 lines | grep -c -E '^[0-9]+ +clock_nanosleep\(.*, $')" -eq 1 ] ||
	fail "not seen any more: $(tail -n 1 lines)"

# One that fails has one line.
traced lines env nothing 2>errors || :
has '^[0-9]+ +execve\("/.*/env", \["env", "nothing"\], .*\) = 0$'
lacks 'execve.* = \?$'
whole

# A child's lines come in between.
traced lines sh -c 'cat /dev/null & wait; sleep 0.1; true'
has '^[0-9]+ +(wait4|rt_sigsuspend)\(.* <unfinished \.\.\.>$'
has '^[0-9]+ +<\.\.\. (wait4|rt_sigsuspend) resumed>'
whole
how=--same-namespace
traced lines sh -c 'cat /dev/null & wait; sleep 0.1; true'
whole

# There, too, a call that fails is written once.
traced lines sh -c 'exec /nothing/there' 2>errors || :
has '^[0-9]+ +execve\("/nothing/there", .* <unfinished \.\.\.>$'
has '^[0-9]+ +<\.\.\. execve resumed>\) += -1 ENOENT '
[ "$(grep -c 'execve("/nothing/there"' lines)" -eq 1 ] || fail 'it is written twice'
whole

# A program that isn't followed, which executes some that are.
cat >between.c <<'END'
#include <stdlib.h>

int
main (void)
{
  return system ("sleep 0.2; cat /dev/null; env true");
}
END
how=
"${CC:-cc}" -static -o between between.c 2>errors || {
	echo "no static program can be made:"
	cat errors
	exit 77
}
traced lines sh -c 'sleep 0.1 & ./between; wait' 2>errors
has '^[0-9]+ +\+\+\+ not followed: .* \+\+\+$'
[ "$(grep -c -E ' execve\("/.*/(sh|sleep|cat|env|true)".*(= 0|unfinished \.\.\.>)$' lines)" \
	-ge 6 ] || fail 'lines of what is between are missing'
whole
exit "$failed"
