/* The guard functions, what spliced sites go to, and the thunk of the plugin's
   cases.

   SPDX-License-Identifier: GPL-3.0-or-later

   long __pure_guardN (long a1, ..., long aN, long number), for N from 0 to 6:
   calls test_dispatch, and then destroys every register that the calling
   convention lets a function destroy.

   __pure_site: entered with the registers of a `syscall' instruction, the address
   to go on at in rcx, and in r11 what abi/entry.h says; destroys the flags and
   all registers but the general ones, of which it keeps all but rax, rcx and
   r11, and keeps the 128 bytes below the stack pointer.

   __pure_thunk: entered with the registers of a `syscall' instruction and the
   address to go on at in rcx; goes on there with the result in rax and all but
   rcx and r11 as it was, the 128 bytes below the stack pointer included.  */

#include <abi/entry.h>
#include "destroy.h"

	.text

/* The guard for NR arguments, with the number in NUMBER: of six arguments and
   a number the last is on the stack.  */
	.macro	guard nr, number
	.globl	PURE_GUARD_SYMBOL\nr
	.type	PURE_GUARD_SYMBOL\nr, @function
	.p2align 4
PURE_GUARD_SYMBOL\nr:
	.cfi_startproc
	endbr64
	movq	\number, %r11
	movl	$\nr, %eax
	jmp	dispatch
	.cfi_endproc
	.size	PURE_GUARD_SYMBOL\nr, . - PURE_GUARD_SYMBOL\nr
	.endm

	guard	0, %rdi
	guard	1, %rsi
	guard	2, %rdx
	guard	3, %rcx
	guard	4, %r8
	guard	5, %r9
	guard	6, 8(%rsp)

	.type	dispatch, @function
	.p2align 4
dispatch:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	testb	$15, %spl
	jne	1f
	/* The arguments, as an array on the stack.  */
	pushq	%r9
	pushq	%r8
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushfq
	popq	%rdx
	testl	$0x400, %edx	/* the direction flag */
	jne	1f
	movq	%r11, %rdi
	movl	%eax, %esi
	movq	%rsp, %rdx
	movl	$1, %ecx	/* BY_GUARD */
	call	test_dispatch
	.cfi_remember_state
	leave
	.cfi_def_cfa %rsp, 8
	destroy_caller_saved
	ret
	.cfi_restore_state
1:	movq	8(%rbp), %rdi
	andq	$-16, %rsp
	cld
	call	test_bad_entry
	hlt
	.cfi_endproc
	.size	dispatch, . - dispatch

	.globl	PURE_SITE_SYMBOL
	.type	PURE_SITE_SYMBOL, @function
	.p2align 4
PURE_SITE_SYMBOL:
	.cfi_startproc
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	leaq	-128(%rsp), %rsp
	.cfi_adjust_cfa_offset 128
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rip, -136
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rbp, -144
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	/* To be kept, and then as the arguments.  */
	.rept	2
	.irp	reg, r9, r8, r10, rdx, rsi, rdi
	pushq	%\reg
	.endr
	.endr
	pushfq
	popq	%rcx
	testl	$0x400, %ecx	/* the direction flag */
	jne	4f
	.irp	index, 0, 1, 2, 3, 4, 5
	btl	$PURE_WHAT_SIGNED_BIT (\index), %r11d
	jnc	1f
	movslq	(8 * \index)(%rsp), %rdx
	movq	%rdx, (8 * \index)(%rsp)
1:	btl	$PURE_WHAT_UNSIGNED_BIT (\index), %r11d
	jnc	2f
	movl	(8 * \index)(%rsp), %edx
	movq	%rdx, (8 * \index)(%rsp)
2:
	.endr
	btl	$PURE_WHAT_SIGNED_BIT (PURE_MAX_ARGS), %r11d
	jnc	1f
	movslq	%eax, %rax
1:	btl	$PURE_WHAT_UNSIGNED_BIT (PURE_MAX_ARGS), %r11d
	jnc	2f
	movl	%eax, %eax
2:	movq	%rax, %rdi
	movl	%r11d, %esi
	andl	$PURE_WHAT_COUNT, %esi
	movq	%rsp, %rdx
	movl	$1, %ecx	/* BY_GUARD */
	andq	$-16, %rsp
	call	test_dispatch
	destroy_vectors
	leaq	-48(%rbp), %rsp
	.irp	reg, rdi, rsi, rdx, r10, r8, r9
	popq	%\reg
	.endr
	.cfi_remember_state
	popq	%rbp
	.cfi_restore %rbp
	.cfi_def_cfa %rsp, 136
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	leaq	128(%rsp), %rsp
	.cfi_adjust_cfa_offset -128
	movl	$0x5ca1ab1e, %r11d
	cmpq	%r11, %rsp	/* the flags */
	jmp	*%rcx
	.cfi_restore_state
4:	movq	8(%rbp), %rdi
	andq	$-16, %rsp
	cld
	call	test_bad_entry
	hlt
	.cfi_endproc
	.size	PURE_SITE_SYMBOL, . - PURE_SITE_SYMBOL

	.globl	PURE_THUNK_SYMBOL
	.type	PURE_THUNK_SYMBOL, @function
	.p2align 4
PURE_THUNK_SYMBOL:
	.cfi_startproc
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	leaq	-128(%rsp), %rsp
	.cfi_adjust_cfa_offset 128
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rip, -136
	pushfq
	.cfi_adjust_cfa_offset 8
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rbp, -152
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	.irp	reg, r9, r8, r10, rdx, rsi, rdi
	pushq	%\reg
	.endr
	movq	%rsp, %rdx
	subq	$512, %rsp
	andq	$-16, %rsp
	fxsave64 (%rsp)
	emms
	cld
	movq	%rax, %rdi
	movl	$6, %esi
	movl	$2, %ecx	/* BY_THUNK */
	call	test_dispatch
	fxrstor64 (%rsp)
	leaq	-48(%rbp), %rsp
	.irp	reg, rdi, rsi, rdx, r10, r8, r9
	popq	%\reg
	.endr
	popq	%rbp
	.cfi_restore %rbp
	.cfi_def_cfa %rsp, 144
	popfq
	.cfi_adjust_cfa_offset -8
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	leaq	128(%rsp), %rsp
	.cfi_adjust_cfa_offset -128
	movl	$0x5ca1ab1e, %r11d
	jmp	*%rcx
	.cfi_endproc
	.size	PURE_THUNK_SYMBOL, . - PURE_THUNK_SYMBOL

/* Where the kernel's signal handlers return to.  */
	.globl	test_restorer
	.hidden	test_restorer
	.type	test_restorer, @function
test_restorer:
	movl	$15, %eax	/* rt_sigreturn */
	syscall
	.size	test_restorer, . - test_restorer

	.section .note.GNU-stack, "", @progbits
