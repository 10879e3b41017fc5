#!/bin/sh
# A debugger goes on into the program, stops at its breakpoints and at its end.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

command -v gdb >/dev/null || {
	echo "no gdb here"
	exit 77
}
cat >program.c <<'END'
#include <stdio.h>
int twice(int x) { return 2 * x; }
int main(void) { printf("%d\n", twice(21)); return 0; }
END
"$CC" -g -O0 program.c -o program
for way in $ways; do
	# shellcheck disable=SC2046 # options are words
	gdb -q -batch -ex 'set breakpoint pending on' -ex 'break twice' -ex run \
		-ex backtrace -ex continue --args "$PURECC_BUILD/pure-run" --glibc \
		"$PURECC_GLIBC" $(options "$way") -- ./program >out 2>&1 </dev/null || :
	if grep -q -i 'ptrace: \|not permitted' out; then
		echo "gdb can't run a program here"
		exit 77
	fi
	for part in 'Breakpoint 1, twice (x=21)' 'in main ()' 'exited normally'; do
		grep -q -F "$part" out || {
			fail "$way: gdb doesn't say: $part"
			cat out
		}
	done
done
exit "$failed"
