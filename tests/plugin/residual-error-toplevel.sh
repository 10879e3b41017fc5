#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# residual=error: a site outside of any function is an error, whatever keeps it
# from being guarded, and in an asm with operands too where the compiler takes
# one there.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

# refuses WHY FILE
refuses() {
	compiler=$(compiler_for "$2")
	"$compiler" -c "$2" -o plain.o ||
		fail "this does not compile without the plugin: $2"
	for level in -O0 -O2; do
		refused "cannot be guarded: $1" "$compiler" $level \
			-fplugin="$PLUGIN" \
			-fplugin-arg-purecc-residual=error -c "$2"
	done
}

outside='the statement stands outside of any function'

echo '__asm__ ("syscall");' >basic.c
refuses "$outside" basic.c
echo '__asm__ ("fs; syscall");' >prefix.c
refuses 'the instruction has a prefix' prefix.c

echo '__asm__ ("# %0" : : "i" (1));' >extended.c
"$CC" -c extended.c -o has.o 2>has.messages || exit 0
echo '__asm__ ("movl %0, %%eax; syscall" : : "i" (39));' >extended.c
refuses "$outside" extended.c
echo '__asm__ ("addr32; syscall # %0" : : "i" (39));' >extended-prefix.c
refuses 'the instruction has a prefix' extended-prefix.c
cat >memory.c <<'END'
static long number = 39;
__asm__ ("movq %0, %%rax; syscall" : : "m" (number));
END
refuses "$outside" memory.c
cat >label.c <<'END'
extern long call (void);
__asm__ ("%cc0: syscall; ret" : : ":" (call));
END
refuses "$outside" label.c
cat >namespace.cc <<'END'
namespace outer
{
extern long number;
__asm__ ("movl %cc0(%%rip), %%eax; syscall" : : "-i" (&number));
}
END
refuses "$outside" namespace.cc
