/* Destroying registers, for assembly sources.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Those that aren't general ones.  */
	.macro	destroy_vectors
	.irp	reg, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	pcmpeqd	%xmm\reg, %xmm\reg
	.endr
	.rept	8
	fldz
	.endr
	.rept	8
	fstp	%st(0)
	.endr
	.endm

/* Destroy each register that a function may, but rax, and the memory below
   the stack pointer: a value kept in one of them across a call is noticed.
   The registers are those of the psABI, figure 3.4.  */
	.macro	destroy_caller_saved
	movabsq	$0x5ca1ab1e0ddba11, %r11
	destroy_vectors
	.irp	reg, rcx, rdx, rsi, rdi, r8, r9, r10
	movq	%r11, %\reg
	.endr
	.irp	offset, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128
	movq	%r11, -\offset(%rsp)
	.endr
	cmpq	%r11, %rsp	/* the flags */
	.endm
