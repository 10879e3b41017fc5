#!/bin/sh
# Injection and counts by the caller: a function, one that is inlined, a line.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need strace
build caller
build_libraries
cd "$work"

# failing CALLER...: the paths of the calls by these, which are the ones that fail.
failing() {
	expression=access:error=ELOOP
	for caller; do
		expression=$expression:caller=$caller
	done
	under inject -O "inject=$expression" -- ./caller | tr '\n' ' '
}

# fails EXPECTED CALLER...
fails() {
	expected=$1
	shift
	found=$(failing "$@")
	[ "$found" = "$expected" ] || fail "caller=$*: $found, and not $expected"
}
line=$(grep -n 'this line' "$root/tests/handlers/caller.c" | cut -d : -f 1)
fails '/first ' first
fails '/first /second /second /second ' second
fails '/inlined ' inlined
fails '/inlined ' has_inlined
fails "/inlined " "caller.c:$line"
fails "/inlined " "handlers/caller.c:$line"
fails '' "aller.c:$line"
fails '' "caller.c:$((line + 1))"
fails '/compare ' compare
fails '/signal ' on_signal
fails '/thread ' in_thread
fails 'one ' plug_one
fails 'two ' plug_two
fails 'one two ' plug
fails '/child ' in_child
fails '/first /child ' first in_child
fails '' firs

# Below another handler it is the same.
under trace -o lines --handler inject -O inject=access:error=ELOOP:caller=first \
	-- ./caller >printed
[ "$(cat printed)" = /first ] || fail "below another handler: $(cat printed)"
grep -q 'access("/first", F_OK) *= -1 ELOOP' lines || fail 'trace has another result'

# Other conditions hold as well, and each rule has its own callers.
under inject -O inject=access:error=ELOOP:caller=second:path=/first -- ./caller >printed
[ "$(cat printed)" = /first ] || fail "caller and path: $(cat printed)"
under inject -O inject=access:error=ELOOP:caller=second:when=2 \
	-O inject=access:error=ELOOP:caller=in_thread -- ./caller >printed
[ "$(tr '\n' ' ' <printed)" = '/second /thread ' ] || fail "two rules: $(cat printed)"

# By caller, the rows are where the C library was called.
under count -o table -O by=caller -- ./caller >printed
grep -q ' 1 in_thread(caller.c:[0-9]*)$' table || fail 'by=caller: a thread'
grep -q " 1 inlined(caller.c:$line)\$" table || fail 'by=caller: inlined'
[ "$(grep -c ' second(caller.c:' table)" -ge 1 ] || fail 'by=caller: second'
strip -o stripped caller
under count -o table -O by=caller -- ./stripped >printed
grep -q ' ?+0x[0-9a-f]*(stripped)$' table || fail 'by=caller: without symbols'

refused "there is no value for \`caller'" \
	under inject -O inject=access:error=1:caller= -- true
refused 'it isn'"'"'t FUNCTION or FILE:LINE' \
	under inject -O inject=access:error=1:caller=a.c:0 -- true
refused 'it isn'"'"'t FUNCTION or FILE:LINE' \
	under inject -O inject=access:error=1:caller=a.c:3x -- true
exit "$failed"
