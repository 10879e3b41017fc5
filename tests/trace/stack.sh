#!/bin/sh
# The stacks of pure-trace -k have the program's functions that those of strace -k have,
# each in strace's format: after calls, and after signals.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=../handlers/common.inc disable=SC1091
. "$(dirname "$0")/../handlers/common.inc"
need strace
build caller
build_libraries
cd "$work"

# functions FILE: each access, and the program's functions that it was called by.
functions() {
	awk -v here=" > $work/" '
		/^[0-9]/ {
			shown = match($0, /access\("\/?[a-z]*"|getuid\(|--- SIG[A-Z0-9]+/)
			if (shown)
				print substr($0, RSTART, RLENGTH)
			next
		}
		shown && index($0, here) == 1 {
			sub(/\+0x.*/, "")
			print substr($0, length(here) + 1)
		}' "$1"
}
strace -f -k -e 'signal=!CHLD' -o strace.lines ./caller
"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -k -f -o pure.lines ./caller
functions strace.lines >strace.functions
functions pure.lines >pure.functions
diff strace.functions pure.functions || fail 'other functions'
[ "$(grep -c '^access' pure.functions)" -eq 12 ] || fail 'not all calls'
grep -q 'one.so(plug_one' pure.functions || fail 'no library'

"${CC:-cc}" -O1 -g -Wall -Wextra "$root/tests/trace/interrupted.c" -o interrupted
for whose in strace pure; do
	tracer=strace
	[ "$whose" = strace ] ||
		tracer="$PURECC_BUILD/pure-trace --glibc $PURECC_GLIBC"
	# shellcheck disable=SC2086 # it is a command and its arguments
	$tracer -f -k -e trace=getuid -o "$whose.signals" ./interrupted
	functions "$whose.signals" >"$whose.functions"
done
diff strace.functions pure.functions || fail 'other functions after signals'
[ "$(grep -c '^--- SIG' pure.functions)" -eq 6 ] || fail 'not all signals'
! grep gateway pure.signals || fail 'a function of the runtime'

# Names of C++'s.
"${CXX:-c++}" -O1 -g -Wall -Wextra "$root/tests/trace/names.cc" -o names
strace -f -k -e trace=getuid -o strace.names ./names
"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -k -f -e trace=getuid -o pure.names ./names
functions strace.names >strace.functions
functions pure.names >pure.functions
diff strace.functions pure.functions || fail 'other functions of C++'
grep -q 'a::b::operator/(int) const$' pure.functions || fail 'no names of C++'

# Each line is a call's, or a frame of it.
bad=$(grep -hvE '^ > (/[^ ]*\(([^ ].*\+0x[0-9a-f]+)?\) \[0x[0-9a-f]+\]|unexpected_backtracing_error \[0x[0-9a-f]+\])$|^[0-9]+ +[a-z+<-]' \
	pure.lines pure.signals pure.names || :)
[ -z "$bad" ] || fail "other lines: $bad"

# The program notices nothing, no descriptor least of all.
outcome native sh -c 'ls -l /proc/self/fd | wc -l; ulimit -n 4; echo $?'
outcome traced "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -k -o lines \
	sh -c 'ls -l /proc/self/fd | wc -l; ulimit -n 4; echo $?'
same descriptors native traced
exit "$failed"
