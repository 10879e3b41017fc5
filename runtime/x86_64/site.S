/* What a site's own statement jumps to when the pointer is set.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Compiled code has, around a site,

	cmpq	$0, __pure_syscall(%rip)
	je	1f
	movl	$WHAT, %r11d
	leaq	2f(%rip), %rcx
	jmp	*__pure_site@GOTPCREL(%rip)
     1:	syscall
     2:

   and expects what the instruction does, but that it may destroy the flags, and
   the vector, mask and x87 registers.  All other registers but rax, rcx and
   r11 are kept, and so are the 128 bytes below the stack pointer.

   WHAT has the number of arguments in bits 0 to 2.  From bit 3 on it says which
   arguments, and then the number, are ints: of those only the lower half of the
   register has a meaning, and the handler is to get the value.  From bit 10 on
   the same for unsigned ints.

   In between it is a frame like any other: its caller's program counter is
   rcx, later a word on the stack, and its CFA is the site's stack pointer.  */

#include "frame.h"

#define WHAT_COUNT	7
#define WHAT_EXTENDED	0x1fff8
#define WHAT_SIGNED(i)	(1 << (3 + (i)))
#define WHAT_UNSIGNED(i) (1 << (10 + (i)))

/* From rbp.  */
#define SITE_RDI	-8
#define SITE_RSI	-16
#define SITE_RDX	-24
#define SITE_R10	-32
#define SITE_R8		-40
#define SITE_R9		-48
#define SITE_A5		-56
#define SITE_A6		-64

/* So many arguments and the number and the count are passed in registers.  */
#define FEW		4

	.text
	.globl	__pure_site
	.type	__pure_site, @function
	.p2align 4
__pure_site:
	.cfi_startproc
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	leaq	-128(%rsp), %rsp
	.cfi_adjust_cfa_offset 128
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rip, 0
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%r10
	pushq	%r8
	pushq	%r9
	subq	$16, %rsp
	andq	$-16, %rsp
	testl	$WHAT_EXTENDED, %r11d
	jnz	.Lextend
.Lextended:
	andl	$WHAT_COUNT, %r11d
	cmpl	$FEW, %r11d
	ja	.Lkeep_last
.Lkept_last:
	/* The handler's arguments: number, nr, a1, a2, a3, a4, and on the stack
	   a5 and a6.  */
	movq	%r10, %r9
	movq	%rdx, %r8
	movq	%rsi, %rcx
	movq	%rdi, %rdx
	movl	%r11d, %esi
	movq	%rax, %rdi

#ifdef PURE_IN_LIBC
	/* An isolated handler, called by a thread that is in no handler: there is
	   no mark to set, and none to take back when it is unwound.  */
	movq	__pure_syscall@GOTPCREL(%rip), %r10
	movq	__pure_process@GOTPCREL(%rip), %r11
	movq	(%r10), %r10
	testq	%r10, %r10
	jz	.Ldispatch
	cmpq	PROCESS_ISOLATED(%r11), %r10
	jne	.Ldispatch
	movq	MARK, %rax
	orq	FRAME, %rax
	jnz	.Ldispatch
	/* Its errno is 0 at first, and as it was in the end.  */
	movq	PROCESS_ISOLATED_ERRNO(%r11), %r11
	movl	%fs:(%r11), %eax
	movl	$0, %fs:(%r11)
	pushq	%rax
	pushq	%r11
	cmpl	$FEW, %esi
	ja	.Lmany
	xorl	%eax, %eax
	call	*%r10
.Lanswered:
	popq	%r11
	popq	%rcx
	cmpq	$-1, %rax
	je	.Lfailed
.Lset_errno:
	movl	%ecx, %fs:(%r11)
#else
	jmp	.Ldispatch
#endif

.Lback:
	movq	SITE_RDI(%rbp), %rdi
	movq	SITE_RSI(%rbp), %rsi
	movq	SITE_RDX(%rbp), %rdx
	movq	SITE_R10(%rbp), %r10
	movq	SITE_R8(%rbp), %r8
	movq	SITE_R9(%rbp), %r9
	.cfi_remember_state
	movq	%rbp, %rsp
	.cfi_def_cfa_register %rsp
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbp
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	leaq	128(%rsp), %rsp
	.cfi_adjust_cfa_offset -128
	jmp	*%rcx
	.cfi_restore_state

#ifdef PURE_IN_LIBC
.Lmany:
	pushq	SITE_A6(%rbp)
	pushq	SITE_A5(%rbp)
	xorl	%eax, %eax
	call	*%r10
	addq	$16, %rsp
	jmp	.Lanswered

	/* -1 with errno set is the error that errno tells.  */
.Lfailed:
	movslq	%fs:(%r11), %rdx
	testq	%rdx, %rdx
	jz	.Lset_errno
	movq	%rdx, %rax
	negq	%rax
	jmp	.Lset_errno
#endif

.Lkeep_last:
	movq	%r8, SITE_A5(%rbp)
	movq	%r9, SITE_A6(%rbp)
	jmp	.Lkept_last

	/* All other cases: guard.c.  */
.Ldispatch:
	pushq	SITE_A6(%rbp)
	pushq	SITE_A5(%rbp)
	call	__pure_dispatch
	jmp	.Lback

	/* Registers that hold ints: rcx has been put aside.  */
	.macro	extend index, half, whole
	movslq	\half, %rcx
	testl	$WHAT_SIGNED (\index), %r11d
	cmovnzq	%rcx, \whole
	movl	\half, %ecx
	testl	$WHAT_UNSIGNED (\index), %r11d
	cmovnzq	%rcx, \whole
	.endm
.Lextend:
	extend	0, %edi, %rdi
	extend	1, %esi, %rsi
	extend	2, %edx, %rdx
	extend	3, %r10d, %r10
	extend	4, %r8d, %r8
	extend	5, %r9d, %r9
	extend	6, %eax, %rax
	jmp	.Lextended
	.cfi_endproc
	.size	__pure_site, . - __pure_site

	.section .note.GNU-stack, "", @progbits
