/* The gateway: the one place of the runtime from which the kernel is entered.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A C function with the system call's number and six arguments, in rdi, rsi,
   rdx, rcx, r8, r9 and on the stack (psABI, 3.2.3), moved to where the kernel
   takes them (psABI, A.2.1): rax, and rdi, rsi, rdx, r10, r8, r9.  The kernel
   destroys rcx and r11 and returns the raw result in rax.

   The in-handler mark is off while the thread is in the kernel: that is where
   signals arrive, and the calls of their handlers are to be diverted.  */

#include "mark.h"

	.macro	move_arguments
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	.endm

	.text

/* Where the mark is: an operand of the instructions below.  In libpurecc its
   address has to be loaded first, into r11, which the kernel destroys.  */
#if defined PURE_IN_LIBC || defined PURE_IN_RTLD
# define LOAD_MARK
# define MARK %fs:PURE_MARK_OFFSET
#else
# define LOAD_MARK movq __pure_mark@GOTTPOFF(%rip), %r11
# define MARK %fs:(%r11)
#endif

	.globl	__pure_gateway
	.hidden	__pure_gateway
	.type	__pure_gateway, @function
	.p2align 4
__pure_gateway:
	.cfi_startproc
	move_arguments
	LOAD_MARK
	cmpq	$0, MARK
	jne	1f
	syscall
	ret

	/* In a handler: the mark waits on the stack.  */
1:	pushq	MARK
	.cfi_adjust_cfa_offset 8
	movq	$0, MARK
	syscall
	LOAD_MARK
	popq	MARK
	.cfi_adjust_cfa_offset -8
	ret
	.cfi_endproc
	.size	__pure_gateway, . - __pure_gateway

	.globl	__pure_raw_gateway
	.hidden	__pure_raw_gateway
	.type	__pure_raw_gateway, @function
	.p2align 4
__pure_raw_gateway:
	.cfi_startproc
	move_arguments
	syscall
	ret
	.cfi_endproc
	.size	__pure_raw_gateway, . - __pure_raw_gateway

	.section .note.GNU-stack, "", @progbits
