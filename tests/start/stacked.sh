#!/bin/sh
# Handlers over one another: their order, each one's options, a pure-run under another,
# how many there may be, and those that don't fit.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

run() {
	"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" "$@"
}

# says TEXT COMMAND...: its output is that.
says() {
	text=$1
	shift
	got=$("$@" 2>&1) || got="$got (exit status $?)"
	[ "$got" = "$text" ] || fail "$*: $got"
}

# without_starts COMMAND...: its output, but for the starts of handlers.
without_starts() {
	"$@" 2>&1 | grep -v '^starts:'
}

# refused TEXT OPTION...: pure-run says so, and exits with 2.
refused() {
	text=$1 status=0
	shift
	run "$@" -- /bin/true >out 2>&1 || status=$?
	if [ $status -ne 2 ] || ! grep -qF -- "$text" out; then
		fail "$*: exit status $status, $(cat out)"
	fi
}

# repeat NUMBER WORDS: so many times.
repeat() {
	awk -v n="$1" -v words="$2" 'BEGIN { while (n--) printf "%s ", words }'
}

for name in first second third; do
	"$CC" -O2 -g -Wall -Wextra -shared -fPIC -I"$root/include" \
		"$directory/stacked.c" -o $name.so
done
first='--handler ./first.so -O name=first' second='--handler ./second.so -O name=second'
third='--handler ./third.so -O name=third'
"$CC" -O2 -Wall -Wextra "$directory/stacked-program.c" -o program

# What one passes on, and what it calls itself, goes to the next; and to no other.
# shellcheck disable=SC2046,SC2086 # options are words
{
	says 'starts: third
starts: second
starts: first
program: first second third
first: second third
second: third
third:
ends: first
ends: second
ends: third' run $first $second $third -- ./program
	says 'starts: first
starts: third
program: third first
third: first
first:
ends: third
ends: first' run $third $first -- ./program
	same_as=$(run $first $second $third -- ./program)
	says "$same_as" run $second $third -- "$PURECC_BUILD/pure-run" \
		--glibc "$PURECC_GLIBC" $first -- ./program
	says "$same_as" run $third -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		$second -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" $first -- ./program
	says "$same_as" run -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		$first $second $third -- ./program
	# What the program executes has the same; a pure-run isn't reported.
	same_as=$(without_starts run $first $second $third -- ./program)
	says "$same_as" without_starts run $first $second $third -- /usr/bin/env ./program
	says "$same_as" without_starts run $second $third -- /usr/bin/env \
		"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" $first -- ./program
	says "$same_as" without_starts run --follow=only $second $third -- /usr/bin/env \
		"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" $first -- ./program
	# One whose own calls come to itself.
	says 'starts: first
program: first
first: first
ends: first' run --handler ./first.so -O name=first -O own=yes -- ./program
	says 'starts: second
starts: first
program: first second
first: first second
second:
ends: first
ends: second' run --handler ./first.so -O name=first -O own=yes $second -- ./program
	# As many as there may be.
	for count in 9 12; do
		says hello run $(repeat $count '--handler pass') -- /bin/echo hello
	done
	refused '13 handlers: ld.so has room for 12' $(repeat 13 '--handler pass')
	refused '17 handlers: ld.so has room for 12' $(repeat 17 '--handler pass')
	run $(repeat 7 '--handler pass') -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		$(repeat 6 '--handler pass') -- /bin/true 2>err &&
		fail '7 and 6 handlers'
	grep -q '13 handlers, those of a pure-run above included' err ||
		fail "7 and 6 handlers: $(cat err)"
	refused 'is the only one' $first $second --same-namespace
	run --same-namespace --handler pass -- "$PURECC_BUILD/pure-run" --glibc \
		"$PURECC_GLIBC" --handler pass -- /bin/true 2>err && fail 'over one inside'
	grep -q 'no other can be stacked' err || fail "over one inside: $(cat err)"
	run --handler pass -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		--same-namespace --handler pass -- /bin/true 2>err && fail 'one inside over'
	grep -q 'none in the program' err || fail "one inside over: $(cat err)"
	refused 'handler ./second.so has no option' $first --handler ./second.so -O nothing=x
}
exit "$failed"
