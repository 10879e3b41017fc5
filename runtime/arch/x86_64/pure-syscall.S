# The prelude: guards each `syscall' instruction of an assembly source.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Given to the assembler before the source, -Wa,PATH/pure-syscall.s, it is
# assembled first, as one with it.  It defines a macro of the instruction's
# name, which matches where a mnemonic stands and nowhere else: a function that
# is called syscall is not touched.  What it is replaced by stands in
# abi/x86_64/thunk.h.
#
# pure-syscall.s is made of pure-syscall.S by the preprocessor.

#include <abi/x86_64/thunk.h>

	.macro	syscall
	PURE_THUNKED_SITE (PURE_POINTER_SYMBOL, .Lpure_thunked\@)
	.endm
