/* What a handler may do to a program's registers, all of it.

   SPDX-License-Identifier: GPL-3.0-or-later

   int destroy_all (int avx, int avx512): destroy every register that the
   psABI lets a function destroy, the AVX and AVX-512 ones too if these are
   there, and set the floating-point exceptions that are not yet.  The control
   words are a function's to keep.  Returns the x87 tag word as it was: 0xffff
   if that stack was empty, as it has to be where a function is called.  */

#include "destroy.h"

	.text
	.globl	destroy_all
	.type	destroy_all, @function
	.p2align 4
destroy_all:
	.cfi_startproc
	endbr64
	subq	$40, %rsp
	.cfi_adjust_cfa_offset 40
	fnstenv	(%rsp)
	fldenv	(%rsp)
	movzwl	8(%rsp), %eax
	stmxcsr	32(%rsp)
	orl	$0x3f, 32(%rsp)
	ldmxcsr	32(%rsp)
	addq	$40, %rsp
	.cfi_adjust_cfa_offset -40
	testl	%esi, %esi
	jz	1f
	.irp	reg, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vpternlogd $0xff, %zmm\reg, %zmm\reg, %zmm\reg
	.endr
	.irp	reg, 0, 1, 2, 3, 4, 5, 6, 7
	kxnorq	%k\reg, %k\reg, %k\reg
	.endr
1:	testl	%edi, %edi
	jz	2f
	/* The upper halves are zero, the lower ones are all ones.  */
	vzeroupper
2:	destroy_caller_saved
	ret
	.cfi_endproc
	.size	destroy_all, . - destroy_all

	.section .note.GNU-stack, "", @progbits
