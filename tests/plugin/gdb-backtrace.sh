#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A backtrace that gdb takes inside of a handler leads by the function with the
# site to main, from a guard and from the thunk; and so does one from each
# instruction of the stub by which a site goes there.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

command -v gdb >/dev/null || skip "gdb is not installed"

cat >source.c <<'EOF'
#include "testing.h"

long
the_handler (long number, long nr, ...)
{
  (void) nr;
  return number;
}

__attribute__ ((noinline)) static long
with_guard (long a)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (a), "D" (a) : CLOBBERS);
  return result + 1;
}

__attribute__ ((noinline)) static long
with_thunk (long a)
{
  long result;
  __asm__ volatile ("nop; syscall" : "=a" (result) : "0" (a) : CLOBBERS);
  return result + 1;
}

__attribute__ ((noinline)) static long
in_between (long a)
{
  return with_guard (a) + with_thunk (a);
}

int
main (void)
{
  __pure_syscall = the_handler;
  return in_between (20) != 42;
}
EOF

build_runtime
for flags in '-O2' '-O0' '-O2 -fomit-frame-pointer -fPIE' \
	'-O2 -fplugin-arg-purecc-mode=call'; do
	# shellcheck disable=SC2086 # flags are a list of words
	"$CC" -g -fplugin="$PLUGIN" $flags -I "$LIB" source.c libtesting.a \
		-o program
	gdb -q -batch -nx -ex 'set confirm off' -ex 'set debuginfod enabled off' \
		-ex 'break the_handler' -ex run -ex backtrace -ex continue \
		-ex backtrace -ex continue ./program >output 2>&1 || :
	grep -q 'exited normally' output || {
		grep -q 'ptrace: Operation not permitted' output &&
			skip "gdb may not run programs here"
		show output
		fail "$flags: gdb did not run the program"
	}
	# Two backtraces: the frames from the handler to main, in this order.
	grep '^#' output | sed 's/^#[0-9]* *\(0x[0-9a-f]* in \)\{0,1\}//; s/ .*//' |
		tr '\n' ' ' >frames
	for site in with_guard with_thunk; do
		grep -q "the_handler .*$site in_between main" frames || {
			show output
			fail "$flags: no way from the handler by $site to main"
		}
	done
done

# stub NAME SITE INSTRUCTIONS: from each of them.
stub() {
	{
		echo "break *&$1"
		echo run
		i=0
		while [ "$i" -lt "$3" ]; do
			echo backtrace
			echo stepi
			i=$((i + 1))
		done
	} >script
	gdb -q -batch -nx -ex 'set confirm off' -ex 'set debuginfod enabled off' \
		-x script ./program >output 2>&1 || :
	for frame in "0 .*in $1 " "1 .*in $2 " "2 .*in in_between " "3 .*in main "; do
		[ "$(grep -c "^#$frame" output)" = "$3" ] || {
			show output
			fail "$flags: no way from $1 by $2 to main"
		}
	done
}

for flags in '-O2' '-O2 -fPIE -pie -fcf-protection -masm=intel'; do
	# shellcheck disable=SC2086 # flags are a list of words
	"$CC" -g -fplugin="$PLUGIN" $flags -I "$LIB" source.c libtesting.a \
		-o program
	stub __pure_stub_1 with_guard 2
	stub __pure_stub_thunk with_thunk 1
done
