/* Where the assembly files differ from one personality to the next: a pure
   glibc's two.  runtime/arch/x86_64/libpurecc/pure-hooks.h says what each hook is.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_HOOKS_H
#define PURE_HOOKS_H 1

#include <abi/x86_64/offsets.h>
#include "pure-stack.h"

/* Words of the thread (pure-inside.h, pure-stack.h).  */
#define INSIDE %fs:PURE_INSIDE_OFFSET
#define HELD %fs:PURE_HELD_OFFSET
#define STACK %fs:PURE_STACK_OFFSET

/* And of pure-levels.h.  */
#define LEVEL %fs:PURE_LEVEL_OFFSET
#define LEVEL_INSIDE %fs:PURE_LEVEL_INSIDE_OFFSET

/* FUNCTION of C, called with any alignment, which changes no register.  */
	.macro	keeping_function name, function
	func	\name, hidden
	push_reg %rbp
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	.irp	reg, %rax, %rcx, %rdx, %rsi, %rdi, %r8, %r9, %r10, %r11
	pushq	\reg
	.endr
	andq	$-16, %rsp
	call	\function
	leaq	-9 * 8(%rbp), %rsp
	.irp	reg, %r11, %r10, %r9, %r8, %rdi, %rsi, %rdx, %rcx, %rax
	popq	\reg
	.endr
	.cfi_def_cfa_register %rsp
	pop_reg	%rbp
	ret
	endfunc	\name
	.endm

/* The same, jumped to with the address to return to in rcx, which it changes.  */
	.macro	keeping_function_by_rcx name, function
	func	\name\()_by_rcx, hidden
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rip, 0
	jmp	\name
	endfunc	\name\()_by_rcx
	keeping_function \name, \function
	.endm

/* Calls an isolated handler on a stack of its own (pure-stack.h), with its arguments
   in place and its address in r10.

   It is a signal frame, whose caller's stack may be anywhere, as debuggers have it.
   Its caller's address is exact then: an ordinary frame would do as well for these,
   but not the site, which an unwinder looks up by the byte before.  */
	.macro	own_stack_function
	keeping_function __pure_hold, __pure_hold_signals

	.p2align 4
	entry	__pure_own_stack, hidden
	.cfi_startproc
	.cfi_signal_frame
	push_reg %rbp
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	leaq	16(%rbp), %rax
	subq	%fs:PURE_ALTERNATE_OFFSET, %rax
	cmpq	%fs:PURE_ALTERNATE_SIZE_OFFSET, %rax
	jae	.Lnot_alternate
	call	__pure_hold
.Lnot_alternate:
	movq	HELD, %rax
	leaq	PURE_OWN_STACK(%rsp,%rax,PURE_HOLDS_ALL), %rax
	movq	%rax, INSIDE
	movq	STACK, %rsp
	andq	$-16, %rsp
	pushq	24(%rbp)
	pushq	16(%rbp)
	xorl	%eax, %eax
	call	*%r10
	movq	%rbp, %rsp
	.cfi_def_cfa_register %rsp
	pop_reg	%rbp
	ret
	endfunc	__pure_own_stack

	/* The same, of the handler that is the last argument.  */
	func	__pure_on_own_stack, hidden
	movq	24(%rsp), %r10
	leaq	-8(%rsp), %rsp
	.cfi_adjust_cfa_offset 8
	push_word 24(%rsp)
	push_word 24(%rsp)
	call	__pure_own_stack
	leaq	24(%rsp), %rsp
	.cfi_adjust_cfa_offset -24
	ret
	endfunc	__pure_on_own_stack
	.endm

/* Was the handler called for a call in which the thread may be cancelled (mark.h)?
   Then go to TARGET.  */
	.macro	if_cancelable target
	testb	$PURE_CANCELABLE, FRAME
	jnz	\target
	.endm

/* Others hand over to a pure glibc.  */
	.macro	hand_over name
	.endm
	.macro	hand_over_thunk name
	.endm

#if IS_IN (rtld)
# include "pure-hooks-rtld.h"
#else
# include "pure-hooks-libc.h"
#endif

#endif /* pure-hooks.h */
