# The prelude: guards each `syscall' instruction of an assembly source.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Given to the assembler before the source, -Wa,PATH/pure-syscall.s, it is
# assembled first, as one with it.  It defines a macro of the instruction's
# name, which matches where a mnemonic stands and nowhere else: a function that
# is called syscall is not touched.  thunk.S says what the sequence does.
# It is written in bytes, so that it is the same in either syntax, and so that
# the instruction in it isn't the macro again.
#
# pure-syscall.s is made of pure-syscall.S by the preprocessor.

#include <abi/entry.h>
#include <abi/record.h>

	.macro	syscall
	# movq __pure_syscall@GOTPCREL(%rip), %rcx; movq (%rcx), %rcx
	.byte	0x48, 0x8b, 0x0d
	.long	PURE_POINTER_SYMBOL@GOTPCREL - 4
	.byte	0x48, 0x8b, 0x09
	# jrcxz, to the instruction; leaq, the address after it, %rcx
	.byte	0xe3, 13
	.byte	0x48, 0x8d, 0x0d
	.long	8
	# jmp *__pure_thunk@GOTPCREL(%rip)
	.byte	0xff, 0x25
	.long	PURE_THUNK_SYMBOL@GOTPCREL - 4
	# syscall
.Lpure_thunked\@:
	.byte	0x0f, 0x05
	PURE_SITE_RECORD (.Lpure_thunked\@, PURE_KIND_THUNK)
	.endm
