/* Where libc.so.6's and libc.a's runtime differs: pure-hooks.h.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <tcb-offsets.h>
#include "kernel.h"
#include "returns.h"
#include "thunk-unwind.h"

/* ---- in an isolated handler's own code (pure-inside.h) ---- */

#define INSIDE %fs:PURE_INSIDE_OFFSET
#define HELD %fs:PURE_HELD_OFFSET

/* The thread is no longer, and gets the signals that were held for it.  */
	.macro	leave_inside
	movq	$0, INSIDE
	cmpq	$0, HELD
	je	.Lnone_held\@
	call	__pure_release
.Lnone_held\@:
	.endm

/* What it was before, for as long as it is in the kernel for the program.  When it
   comes back the process may be ending.  */
	.macro	push_inside
	push_word INSIDE
	.endm
	.macro	pop_inside
	pop_word INSIDE
	cmpq	$0, __pure_ending(%rip)
	je	.Lnot_ending\@
	call	__pure_end
.Lnot_ending\@:
	.endm

/* push_thread pushes three words, and the return address is there.  */
#define ALIGN_PUSHED 0

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

	.macro	inside_functions
	keeping_function __pure_release, __pure_release_signals
	keeping_function __pure_end, __pure_wait_for_end
	.endm

/* ---- cancellation, from glibc 2.41 on ---- */

/* glibc cancels a thread in a call if the signal for it comes at or before the
   instruction, in __syscall_cancel_arch, a site that takes the thunk; or if it finds
   EINTR, and that the thread is to be cancelled.  So the gateway looks for that right
   before the instruction, and a signal that comes in between goes on as if it had
   been found (pure-cancel.h): no signal that comes while thunk or handler run is lost.
   An isolated handler may make another call in place of the site's.  */

/* Go to TARGET if the frame at rcx is that site's.  Destroys r11.  */
	.macro	if_cancelable target
	movq	__pure_process@GOTPCREL(%rip), %r11
	movq	PURE_PROCESS_CANCEL_SITE(%r11), %r11
	cmpq	FRAME_RESUME(%rcx), %r11
	jne	.Lnot_cancelable
	cmpl	$0, __pure_auditor(%rip)
	jne	\target
	cmpq	FRAME_RAX(%rcx), %rax
	je	\target
.Lnot_cancelable:
	.endm

	.macro	cancelable label, followed
\label:
	.cfi_remember_state
	push_thread
	.cfi_remember_state
	entry	__pure_cancelable, hidden
	testb	$PURE_CANCELED, %fs:CANCELHANDLING
	jnz	__pure_canceled
	enter_kernel
	endentry __pure_cancelable
	entry	__pure_cancelable_end, hidden
.Lcancelable_done:
	pop_thread
	return	\followed
	.cfi_restore_state
	entry	__pure_canceled, hidden
	movq	$-PURE_EINTR, %rax
	jmp	.Lcancelable_done
	endentry __pure_canceled
	endentry __pure_cancelable_end
	.cfi_restore_state
	.endm

/* ---- calling an isolated handler without a C function in between ---- */

/* Call an isolated handler, whose arguments are in place, if the thread is in none,
   its mark, and its word WORD if there is one, are 0, and the handler's errno is:
   then nothing has to be set aside.  Who unwinds the handler, from BEFORE on, has
   to leave it (leave_inside).  In all other cases go to OTHERWISE.  r11 is kept,
   for the gateway.  */
	.macro	call_isolated otherwise, before, word:vararg
	movq	__pure_syscall@GOTPCREL(%rip), %r10
	movq	(%r10), %r10
	cmpq	PURE_ISOLATED_HANDLER + __pure_isolated_handler(%rip), %r10
	jne	\otherwise
	movq	MARK, %rax
	orq	INSIDE, %rax
	.ifnb	\word
	orq	\word, %rax
	.endif
	jnz	\otherwise
	movq	PURE_ISOLATED_ERRNO + __pure_isolated_handler(%rip), %rax
	cmpl	$0, %fs:(%rax)
	jne	\otherwise
	xorl	%eax, %eax
\before:
	movq	%rsp, INSIDE
	call	*%r10
	.endm

/* After it: go to ERROR, with r11 saying where errno is, if it has set that.  */
	.macro	after_isolated error
	leave_inside
	movq	PURE_ISOLATED_ERRNO + __pure_isolated_handler(%rip), %r11
	cmpl	$0, %fs:(%r11)
	jne	\error
	.endm

/* There: -1 with errno set is the error that errno says.  Destroys rdx.  */
	.macro	take_errno
	movslq	%fs:(%r11), %rdx
	movl	$0, %fs:(%r11)
	negq	%rdx
	cmpq	$-1, %rax
	cmovzq	%rdx, %rax
	.endm

/* ---- the entry from sites ---- */

	.macro	load_pointer_address
	movq	__pure_syscall@GOTPCREL(%rip), %rcx
	.endm

/* Of the instruction that a site of the program's own has before the rest.  */
#define OWN_SITE_SIZE	5

/* For sites of the program's own, by libpurecc: right before the other entry,
   which it goes on to.  */
	.macro	own_site_entry
	.skip	16 - OWN_SITE_SIZE, INT3
	entry	__pure_libc_site, global
	.endm

	.macro	own_site_mark
	btsq	$PURE_OWN_SITE_BIT, %r11
	endentry __pure_libc_site
	.if	. - __pure_libc_site - OWN_SITE_SIZE
	.error	"OWN_SITE_SIZE"
	.endif
	.endm

	.macro	call_handler dispatch, answered
	.ifb	\answered
	call_isolated \dispatch, .Lcalling, FRAME
	.else
	call_isolated \dispatch, .Lcalling_many, FRAME
	jmp	\answered
.Lcalled_many:
	.endif
	.endm

	.macro	if_site_errno
	after_isolated .Lsite_errno
.Lcalled:
	.endm

	.macro	site_errno back
.Lsite_errno:
	take_errno
	jmp	\back
	.endm

	.macro	site_personality
	unwind_personality .Lsite_lsda
	.endm

	.macro	site_landing_pad
.Lsite_unwound:
	movq	%rax, %rdi
	andq	$-16, %rsp
	leave_inside
	resume_unwinding
	.endm

	.macro	site_tables
	unwind_table .Lsite_lsda, __pure_libc_site, .Lsite_unwound, \
		.Lcalling, .Lcalled, .Lcalling_many, .Lcalled_many
	.endm

/* ---- the thunk ---- */

/* What the thread was in when the thunk was entered, for when that is unwound.  */
	.macro	keep_inside
	movq	INSIDE, %rax
	movq	%rax, FRAME_INSIDE(%rbp)
	.endm

	.macro	restore_inside
	movq	FRAME_INSIDE(%rbp), %rcx
	movq	%rcx, INSIDE
	testq	%rcx, %rcx
	jnz	.Lstill_inside
	leave_inside
.Lstill_inside:
	.endm

	.macro	call_handler_of_thunk
	call_isolated .Lguard, .Lthunk_calls
	after_isolated .Lthunk_errno
	.endm

	.macro	thunk_otherwise answered
.Lguard:
	call	__pure_thunk_guard
	jmp	\answered

.Lthunk_errno:
	take_errno
	jmp	\answered
	.endm

	.macro	thunk_alias
	.globl	__pure_libc_thunk
	.set	__pure_libc_thunk, PURE_THUNK_SYMBOL
	.endm

/* ---- the functions of purecc.h ---- */

/* A C library defines it by a name of its own, of which the public one is a weak
   alias.  */
	.macro	public name
	func	__\name, global
	.endm

	.macro	endpublic name
	endfunc	__\name
	.weak	\name
	.set	\name, __\name
	.endm

/* Jump to TARGET if the number in rdi is one that pure-special.c has something to do
   for.  Destroys rax.  */
	.macro	if_special target
	cmpq	$SPECIAL_NUMBERS, %rdi
	jae	.Lordinary\@
	leaq	__pure_special_numbers(%rip), %rax
	cmpb	$0, (%rax,%rdi)
	jne	\target
.Lordinary\@:
	.endm

/* At LABEL, with a handler's arguments.  */
	.macro	pass_special label
\label:
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %rcx
	movq	%r9, %r8
	movq	8(%rsp), %r9
	push_word 16(%rsp)
	call	__pure_special
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	jmp	__x86_return_thunk
	.endm
