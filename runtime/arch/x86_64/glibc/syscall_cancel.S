/* The calls in which a thread may be cancelled, from glibc 2.41 on: a guarded site.

   SPDX-License-Identifier: LGPL-2.1-or-later

   long __syscall_cancel_arch (const int *cancelhandling, number, a1, a2, a3, a4, a5, a6)

   glibc cancels the thread where the signal for that comes between the two addresses
   that have names, so the handler is called outside of them; what that then makes of
   the call may be cancelled in the gateway (pure-hooks-libc.h), which the thread's
   frame says (mark.h).

   The arguments are where a handler takes them, but for the first two.  From rbp, once
   it is called:

	+ 24	a6
	+ 16	a5
	+ 8	the return address
	+ 0	rbp
	- 8	the thread's stack for an isolated handler
	- 16	the frame that was the thread's before, 0
	- 24	a6, a5: a handler's  */

#define CANCELABLE_STACK	-8
#define CANCELABLE_OUTER	-16
#define CANCELABLE_A5		16
#define CANCELABLE_A6		24

#include "counts.h"
#include "frame.h"
#include "pure-hooks.h"

	.text
	func	__syscall_cancel_arch, hidden
	unwind_personality .Lcancel_lsda
	entry	__syscall_cancel_arch_start, hidden
	testb	$PURE_CANCELED, (%rdi)
	jnz	__syscall_do_cancel
	movq	__pure_syscall@GOTPCREL(%rip), %rax
	cmpq	$0, (%rax)
	jne	.Lhandled
	movq	%rsi, %rax
	movq	%rdx, %rdi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	movq	%r9, %r10
	movq	8(%rsp), %r8
	movq	16(%rsp), %r9
	enter_kernel PURE_KIND_GUARDED
	entry	__syscall_cancel_arch_end, hidden
	ret
	endentry __syscall_cancel_arch_end
	endentry __syscall_cancel_arch_start

.Lhandled:
	push_reg %rbp
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	STACK
	pushq	$0
	pushq	CANCELABLE_A6(%rbp)
	pushq	CANCELABLE_A5(%rbp)
	movq	%rsi, %rdi
	count_arguments %rdi, %esi, %r11d, %r11
	/* No hint for the gateway.  */
	xorl	%r11d, %r11d
	cmpq	$0, FRAME
	jne	.Ldispatch
	leaq	CANCELABLE_OUTER + PURE_CANCELABLE(%rbp), %rax
.Lcancelable:
	movq	%rax, FRAME
	call_isolated .Lotherwise, .Lcalling, .Lown, .Lotherwise
.Lreturned:
	after_isolated .Lerrno
.Lanswered:
	movq	$0, FRAME
.Lback:
	.cfi_remember_state
	movq	%rbp, %rsp
	.cfi_def_cfa_register %rsp
	pop_reg	%rbp
	ret
	.cfi_restore_state

.Lfar:
	call_on_own_stack .Lown, .Lreturned
.Lerrno:
	take_errno
	jmp	.Lanswered
.Lotherwise:
	movq	$0, FRAME
.Ldispatch:
	call	__pure_dispatch_cancelable
	jmp	.Lback

.Lunwound:
	movq	%rax, %rdi
	leaq	CANCELABLE_OUTER(%rbp), %rsp
	movq	CANCELABLE_STACK(%rbp), %rax
	movq	%rax, STACK
	movq	$0, FRAME
	leave_inside
	resume_unwinding
	endfunc	__syscall_cancel_arch

	unwind_table .Lcancel_lsda, __syscall_cancel_arch, \
		.Lcancelable, .Lback, .Lunwound, .Lfar, .Ldispatch, .Lunwound

	.section .note.GNU-stack, "", @progbits
