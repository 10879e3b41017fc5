#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With -fcf-protection=branch an endbr64 stands where guard and thunk come back to
# by an indirect jump: right after the instruction.  Without it there is none.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >source.c <<'END'
__asm__ (".text\ntoplevel:\n\tsyscall\n\tret");

long
spliced (long n)
{
  __asm__ volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

long
thunked (long n)
{
  __asm__ volatile ("nop; syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}
END

# followed_by_endbr: how many of the sites of source.o are.
followed_by_endbr() {
	objdump -d --no-show-raw-insn source.o | awk '
		after && /endbr64/ { n++ }
		{ after = /syscall/ }
		END { print n + 0 }'
}

for options in -O0 -O2 '-O2 -masm=intel' '-O2 -mgeneral-regs-only'; do
	for protection in branch full return none; do
		expected=0
		case $protection in
		branch | full) expected=3 ;;
		esac
		# shellcheck disable=SC2086 # they are words of a list
		"$CC" $options -fcf-protection=$protection -fplugin="$PLUGIN" \
			-c source.c
		found=$(followed_by_endbr)
		[ "$found" = $expected ] ||
			fail "$options, $protection: $found sites are followed" \
				"by endbr64, not $expected"
	done
done
