#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The bytes of a syscall instruction that are part of another instruction, or
# of data, are no site, and are counted; rare instructions don't hide one.
set -eu
. "$(dirname "$0")/cases.inc"

# lookalikes FILE: how many there are in instructions, and in data.
lookalikes() {
	"$audit" --json "$1" |
		sed 's/.*"lookalikes":{"in_instructions":\([0-9]*\),"in_data":\([0-9]*\)}.*/\1 \2/'
}

# count NAME NUMBERS
count() {
	for form in object shared; do
		found=$(lookalikes "case.$form")
		[ "$found" = "$2" ] ||
			fail "$1: case.$form has $found, not $2"
	done
}

forms="object shared"

check "in instructions" "raw" <<'END'
f:	movl	$0x050f, %eax
	leaq	0x50f(%rax), %rcx
	movabsq	$0x050f050f050f050f, %rdx
	syscall
	ret
END
count "in instructions" "6 0"

check "in data" "" <<'END'
f:	leaq	table(%rip), %rax
	ret
	.section .text.tables, "ax", @progbits
	.type	table, @object
table:	.byte	0x0f, 0x05, 0x0f, 0x05, 0x90, 0xcd, 0x80
	.size	table, . - table
	.type	open_table, @object
open_table:
	.byte	0x0f, 0x05
	.type	g, @function
g:	ret
	.size	g, . - g
	.section .rodata
	.byte	0x0f, 0x05
	.text
END
count "in data" "0 3"

check "a displacement that is relocated is not what it seems" "raw" <<'END'
f:	movq	value+0x50f(%rip), %rax
	syscall
	ret
	.local	value
	.comm	value, 4096, 8
END

check "after new instructions" "raw raw raw" <<'END'
f:	kmovq	%rax, %k1
	vpcmpneqb %zmm18, %zmm17, %k2{%k1}
	vpminub	0x50f(%rax), %zmm16, %zmm17
	syscall
	incsspq	%rax
	syscall
	vfmadd132ph %zmm1, %zmm2, %zmm3
	rdpkru
	syscall
	ret
END

# In a function, what follows something that is no instruction may be one. The
# byte 06 is none in 64-bit mode.
check "after what nobody knows" "raw" <<'END'
f:	.byte	0x06
	movl	$0x050f, %eax
	ret
END

# What nothing names may be data, and have code after it: near to what is no
# instruction the bytes may be one. The byte 06 is none in 64-bit mode.
forms="stripped"

check "in what nothing names" "raw" <<'END'
f:	ret
	.byte	0x06
	movl	$0x050f, %eax
	.skip	300, 0x90
	movl	$0x050f, %eax
	ret
END

finish
