#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Assembly sources get the prelude: a handler sees their calls, and those of C
# sources in the same command are guarded once, by the plugin.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
sources

c() {
	works "$purecc" "$cc" -I "$include" "$@"
}

# Without a prelude it is only assembly that fails.
if [ ! -e "$build/pure-syscall.s" ]; then
	says 1 pure-syscall.s "$purecc" "$cc" -c asm.s
	c -c c.c
	[ "$failed" = 0 ] || exit 1
	skip "there is no $build/pure-syscall.s"
fi

for flags in '' -pipe -save-temps '-save-temps -pipe' -g '-pipe -g' -O2 \
	-static '-static-pie -fPIE' '-no-pie -fno-pie' -flto; do
	for source in asm.S asm.s; do
		# shellcheck disable=SC2086
		set -- $flags
		c "$@" -DASM -o program main.c "$source"
		works ./program
		c "$@" -c -o asm.o "$source"
		c "$@" -DC -DASM -o program main.c asm.o c.c
		works ./program
		c "$@" -DC -DASM -o program "$source" c.c main.c
		works ./program
	done
done
cp asm.s asm.txt
c -DASM -o program -x assembler asm.txt -x none main.c
works ./program
c -c -o asm.o -x assembler - <asm.s
c -DASM -o program main.c asm.o
works ./program
c -c -o asm.o -x assembler-with-cpp - <asm.S
c -DASM -o program main.c asm.o
works ./program
c -c -pipe -o asm.o -x assembler-with-cpp - <asm.S
c -DASM -o program main.c asm.o
works ./program

# In compiled code the prelude is not: the same with an assembly source in the
# command and without one.
c -O2 -c c.c
cp c.o alone.o
c -O2 -c c.c asm.S
cmp c.o alone.o || fail 'c.o is another one with asm.S in the command'
exit "$failed"
