#!/bin/sh
# In a stripped file, recorded sites without unwind tables are found far from all
# code that anything names: the code before each is read.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/far.S" <<'END'
	.macro	far
	.skip	100000, 0x90
	movl	$39, %eax
	syscall
	ret
	.endm
	.text
	.globl	_start
_start:
	ret
	far
	far
	far
	.section .note.GNU-stack, "", @progbits
END
cc=${CC:-gcc}
"$cc" -c -fno-pie "-Wa,$PURECC_BUILD/pure-syscall.s" "$work/far.S" \
	-o "$work/far.o"
"$cc" -static -nostdlib "$work/far.o" "$PURECC_BUILD/libpurecc.a" -lc -lgcc \
	-lgcc_eh -o "$work/far"
strip --strip-all "$work/far"
"$PURECC_BUILD/pure-audit" "$work/far" >"$work/said" 2>&1 || :
grep -q ': [0-9]* sites: .*\b3 thunk\b' "$work/said" || {
	cat "$work/said"
	echo "the three sites are not found"
	exit 1
}
