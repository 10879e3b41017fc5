#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With -g, all that stands for a site points at the line of the statement in the
# source: the test, the instruction, and the call of the guard.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >source.c <<'EOF'
long
f (long n, long a, long d)
{
  register long r10 __asm__ ("r10") = d;
  long result;
#line 1000
  __asm__ volatile ("syscall" : "=a" (result) : "0" (n), "D" (a), "r" (r10)
		    : "rcx", "r11", "memory");
#line 2000
  return result + 1;
}
EOF

# line OBJECT SECTION OFFSET
line() {
	addr2line -e "$1" -j "$2" "$3" | sed 's/.*:\([0-9]*\).*/\1/'
}

for mode in inline call; do
	for flags in -O0 -O1 -O2 -Os '-O2 -fPIC' '-Og -gdwarf-4'; do
		# shellcheck disable=SC2086 # flags are a list of words
		"$CC" -g $flags -fplugin="$PLUGIN" \
			-fplugin-arg-purecc-mode=$mode -c source.c -o source.o
		found=0
		objdump -dr source.o | awk '
			/^Disassembly of section/ { section = $4; sub(/:$/, "", section) }
			/^ +[0-9a-f]+:\t/ {
				at = $1
				sub(/:$/, "", at)
				if (/\tsyscall/) print section, at, "instruction"
			}
			/R_X86_64_.*__pure_guard4/ { print section, at, "call" }
			/R_X86_64_.*__pure_syscall/ { print section, at, "test" }' >points
		while read -r section offset what; do
			is=$(line source.o "$section" "0x$offset")
			[ "$is" = 1000 ] ||
				fail "$mode, $flags: the $what is at line $is, and not 1000"
			found=$((found + 1))
		done <points
		if [ $mode = inline ]; then expected=3; else expected=1; fi
		[ $found -ge $expected ] ||
			fail "$mode, $flags: found $found of $expected places"
	done
done
