/* Where libc.so.6's and libc.a's runtime differs: pure-hooks.h.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <tcb-offsets.h>
#include "counts.h"
#include "kernel.h"
#include "returns.h"
#include "thunk-unwind.h"

/* ---- in an isolated handler's own code (pure-inside.h) ---- */

/* The thread is no longer, and gets the signals that were held for it.  Destroys
   rcx.  Here and below, what is nearly never needed is called by a jump that is
   nearly never taken (returns.h).  */
	.macro	leave_inside
	movq	$0, INSIDE
	leaq	.Lnone_held\@(%rip), %rcx
	cmpq	$0, HELD
	jne	__pure_release_by_rcx
.Lnone_held\@:
	.endm

/* The same, and destroys nothing.  */
	.macro	leave_inside_keeping
	movq	$0, INSIDE
	cmpq	$0, HELD
	je	.Lnone_held\@
	call	__pure_release
.Lnone_held\@:
	.endm

/* When a thread comes back from the kernel the process may be ending.  Destroys
   rcx.  */
	.macro	if_ending
	leaq	.Lnot_ending\@(%rip), %rcx
	cmpq	$0, __pure_ending(%rip)
	jne	__pure_end_by_rcx
.Lnot_ending\@:
	.endm

/* ---- from the handler's stack to the program's, and back (pure-stack.h) ---- */

/* The program's then has one word, the return address's place aside:

	the word `inside', if the stack is the same
	else 1 more than the address of the record on the handler's

   and this is where the caller's frame is, with SIZE bytes pushed since and PUSHED
   before: that address and its lowest bit times the way from it to the record's end.
   (valgrind reads no expressions with branches.)  */
	.macro	on_program_stack size, pushed=0
	.cfi_escape DW_CFA_def_cfa_expression, 23,			\
		DW_OP_breg7, LEB128 (\size),				\
		DW_OP_breg7, LEB128 (\size), DW_OP_deref, DW_OP_lit1, DW_OP_and, \
		DW_OP_breg7, LEB128 (\size), DW_OP_deref,		\
		DW_OP_breg7, LEB128 (\size), DW_OP_minus,		\
		DW_OP_plus_uconst, PURE_RECORD_INSIDE - 1,		\
		DW_OP_mul, DW_OP_plus, DW_OP_plus_uconst, 16 + \pushed
	.endm

/* The handler has a stack of its own, and INSIDE is in r11.  Destroys rcx too.  */
	.macro	switch_to_program pushed=0
	push_word %r11
	push_word STACK
	movq	%rsp, %rcx
	.cfi_def_cfa_register %rcx
	leaq	PURE_CALLS_ON_STACK(%rcx), %rcx
	.cfi_adjust_cfa_offset -PURE_CALLS_ON_STACK
	movq	%rcx, STACK
	andq	$-16, %r11
	leaq	-16(%r11), %rsp
	movq	%rcx, (%rsp)
	on_program_stack 0, \pushed
	.endm

/* And the program's word is in rcx.  From the first store on signals wait.  */
	.macro	switch_to_handler pushed=0
	movq	PURE_RECORD_INSIDE - 1(%rcx), %r11
	movq	%r11, INSIDE
	leaq	-1(%rcx), %rsp
	.cfi_def_cfa %rsp, 24 + \pushed
	pop_word STACK
	leaq	8(%rsp), %rsp
	.cfi_adjust_cfa_offset -8
	.endm

	.macro	to_program_stack pushed=0
	movq	INSIDE, %r11
	testb	$PURE_OWN_STACK, %r11b
	jz	.Lsame\@
	switch_to_program \pushed
	jmp	.Lthere\@
.Lsame\@:
	.cfi_def_cfa %rsp, 8 + \pushed
	push_word %r11
	on_program_stack 0, \pushed
.Lthere\@:
	.endm

/* The way to another one is at FAR, which far_handler_stack makes.  (valgrind remembers
   no more than three states.)  */
	.macro	to_handler_stack far, pushed=0
	movq	(%rsp), %rcx
	testb	$1, %cl
	.cfi_remember_state
	jnz	\far
	pop_word INSIDE
	.cfi_def_cfa %rsp, 8 + \pushed
\far\()_there:
	if_ending
	.endm

	.macro	far_handler_stack far, pushed=0
	.cfi_restore_state
\far:
	testb	$PURE_HOLDS_ALL, PURE_RECORD_INSIDE - 1(%rcx)
	jz	.Lhold_none\@
	call	__pure_hold
.Lhold_none\@:
	switch_to_handler \pushed
	jmp	\far\()_there
	.endm

/* A function of the program's that runs in the handler, called by it or by a SIGTRAP,
   makes a call that needs the gateway: all stays on its stack, and the calls of
   signals' functions that come in between on theirs.  */
	.macro	call_inside label, again
\label:
	push_word INSIDE
	push_word STACK
	movq	$0, STACK
	movq	%rsp, INSIDE
	push_word %rax
	call	\again
	leaq	8(%rsp), %rsp
	.cfi_adjust_cfa_offset -8
	pop_word STACK
	pop_word INSIDE
	ret
	.endm

/* Go to INSIDE for such a call.  Destroys r11 and rcx.  */
	.macro	if_inside inside
	movq	INSIDE, %r11
	testb	$PURE_OWN_STACK, %r11b
	jz	.Lnot_inside\@
	movq	FRAME, %rcx
	jrcxz	.Lno_thunk\@
	testb	$PURE_CANCELABLE, %cl
	jnz	.Lno_thunk\@
	cmpq	$0, FRAME_INSIDE(%rcx)
	jne	\inside
.Lno_thunk\@:
	if_elsewhere \inside
.Lnot_inside\@:
	.endm

/* Go to TARGET if the stack isn't the handler's.  Destroys rcx.  */
	.macro	if_elsewhere target
	movq	%rsp, %rcx
	subq	%fs:PURE_STACK_BASE_OFFSET, %rcx
	cmpq	$PURE_STACK_GUARD + PURE_STACK_SIZE, %rcx
	jae	\target
	.endm

/* The fastest way, of a call that needs nothing else.  */
	.macro	pass_inside own_stack
	movq	INSIDE, %r11
	testb	$PURE_OWN_STACK, %r11b
	jnz	\own_stack
	push_word %r11
	leave_inside
	.endm

	.macro	pop_inside
	pop_word INSIDE
	if_ending
	.endm

	.macro	pass_on_own_stack label, inside, followed, state
\label:
	if_elsewhere \inside
	testb	$PURE_HOLDS_ALL, %r11b
	jnz	__pure_gateway_plain
	.cfi_remember_state
	switch_to_program
	leave_inside
	enter_kernel
	movq	(%rsp), %rcx
	switch_to_handler
	if_ending
	return	\followed, \state
	.cfi_restore_state
	.endm

/* to_program_stack and push_thread push three words, and the return address is
   there; or, on another stack, four.  */
#define ALIGN_PUSHED 0

/* For the thunk: memory for RAX bytes of state, to rdi, on the stack that the thread
   has for a handler, if it is in none, and got one now if an isolated one has asked for
   none; then go to OTHERWISE.  Signals wait until the record is complete.  Destroys
   rcx, rdx and r8.  */
	.macro	own_area otherwise
	cmpq	$0, INSIDE
	jne	.Lno_area\@
	movq	STACK, %rcx
	testq	%rcx, %rcx
	jz	.Lno_stack\@
.Lstack\@:
	movq	%rcx, FRAME_STACK(%rbp)
	movq	%rcx, %rdi
	subq	%rax, %rdi
	andq	$-AREA_ALIGN, %rdi
	movq	%rbp, INSIDE
	leaq	AREA_FXSAVE - 16(%rdi), %rdx
	movq	%rcx, PURE_RECORD_STACK(%rdx)
	movq	%rbp, PURE_RECORD_INSIDE(%rdx)
	andl	$PURE_CALLS_ON_STACK, %ecx
	orq	%rcx, %rdx
	movq	%rdx, STACK
	leave_inside
	jmp	\otherwise
.Lno_stack\@:
	movq	__pure_process@GOTPCREL(%rip), %rcx
	testb	$PURE_NO_STACK, PURE_PROCESS_FLAGS(%rcx)
	jz	.Lno_area\@
	movq	%rbp, INSIDE
	call	__pure_area
	leave_inside
	movq	STACK, %rcx
	testq	%rcx, %rcx
	jnz	.Lstack\@
.Lno_area\@:
	.endm

/* What the thread had when the thunk with FRAME was entered; by way of THROUGH.  */
	.macro	restore_stack frame, through
	movq	FRAME_STACK(\frame), \through
	movq	\through, STACK
	.endm

/* The child of a vfork has what it is to have.  */
	.macro	keep_stack
	movq	STACK, %rcx
	movq	%rcx, FRAME_STACK(%rbp)
	.endm

	.macro	inside_functions
	keeping_function_by_rcx __pure_release, __pure_release_signals
	keeping_function_by_rcx __pure_end, __pure_wait_for_end
	keeping_function __pure_area, __pure_start_area

	/* long __pure_on_program_stack (a1, a2, a3, a4, function)  */
	func	__pure_on_program_stack, hidden
	to_program_stack
	leave_inside_keeping
	call	*%r8
	to_handler_stack .Lfar_function
	ret
	far_handler_stack .Lfar_function
	endfunc	__pure_on_program_stack

	/* void __pure_exit_thread (status, base)  */
	func	__pure_exit_thread, hidden
	to_program_stack
	movq	$0, MARK
	movq	$0, FRAME
	movq	$0, STACK
	leave_inside
	movq	%rdi, %rbx
	testq	%rsi, %rsi
	jz	.Lno_stack
	movq	$0, %fs:PURE_STACK_BASE_OFFSET
	movl	$NR_MUNMAP, %edi
	movl	$PURE_STACK_GUARD + PURE_STACK_SIZE, %edx
	call	__pure_raw_gateway
.Lno_stack:
	movl	$NR_EXIT, %edi
	movq	%rbx, %rsi
	call	__pure_raw_gateway
	hlt
	endfunc	__pure_exit_thread
	.endm

/* ---- cancellation, from glibc 2.41 on ---- */

/* glibc cancels a thread in a call if the signal for it comes at or before the
   instruction, in __syscall_cancel_arch; or if it finds EINTR, and that the thread is
   to be cancelled.  So what a handler makes for that site (syscall_cancel.S), which the
   frame says, looks for that right before the instruction; and a signal that comes in
   between goes on as if it had been found (pure-cancel.h): none that comes while a
   handler runs is lost.  The handler may make other calls in place of the site's.  */
	.macro	cancelable uncancelable, label, inside, followed
\uncancelable:
	if_inside \inside
	jmp	__pure_gateway_plain

	/* long __pure_cancelable_gateway (number, a1, a2, a3, a4, a5, a6)  */
	entry	__pure_cancelable_gateway, hidden
	to_kernel_registers
	jmp	.Lpush_cancelable
	endentry __pure_cancelable_gateway
\label:
	cmpq	$NR_EXIT, %rax
	je	__pure_gateway_plain
.Lpush_cancelable:
	.cfi_remember_state
	push_thread
	entry	__pure_gateway_cancelable, hidden
	testb	$PURE_CANCELED, %fs:CANCELHANDLING
	jnz	__pure_canceled
	enter_kernel
	endentry __pure_gateway_cancelable
	entry	__pure_cancelable_end, hidden
.Lcancelable_done:
	pop_thread .Lfar_cancelable
	return	\followed
	far_handler_stack .Lfar_cancelable
	on_program_stack PURE_OUTER_SIZE
	entry	__pure_canceled, hidden
	movq	$-PURE_EINTR, %rax
	jmp	.Lcancelable_done
	endentry __pure_canceled
	endentry __pure_cancelable_end
	.cfi_restore_state
	.endm

/* ---- calling an isolated handler without a C function in between ---- */

/* Call an isolated handler, whose arguments are in place, if the thread is in none,
   its word WORD if there is one is 0, and so is the handler's errno: then nothing has
   to be set aside.  Who unwinds the handler, from BEFORE on, has to leave it
   (leave_inside).  If the handler has a stack of its own go to OWN, if it isn't an
   isolated one to SAME, in all other cases to OTHERWISE.  r11 is kept, for the
   gateway.  */
	.macro	call_isolated otherwise, before, own, same, word:vararg
	movq	__pure_syscall@GOTPCREL(%rip), %r10
	movq	(%r10), %r10
	cmpq	PURE_ISOLATED_HANDLER + __pure_isolated_handler(%rip), %r10
	jne	\same
	movq	INSIDE, %rax
	.ifnb	\word
	orq	\word, %rax
	.else
	testq	%rax, %rax
	.endif
	jnz	\otherwise
	movq	PURE_ISOLATED_ERRNO + __pure_isolated_handler(%rip), %rax
	cmpl	$0, %fs:(%rax)
	jne	\otherwise
	testb	$PURE_CALLS_ON_STACK, STACK
	jnz	\own
	xorl	%eax, %eax
\before:
	movq	%rsp, INSIDE
	call	*%r10
	.endm

/* On a stack of its own, and then go to ANSWERED.  */
	.macro	call_on_own_stack own, answered
\own:
	call	__pure_own_stack
	jmp	\answered
\own\()_called:
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

/* ---- calling a handler of the program's namespace in the same way ---- */

/* What it takes on the stack, from the bottom: a5, a6, a word to align it, a struct
   pure_outer, and the program's errno.  */
#define SAME_OUTER	24
#define SAME_ERRNO	(SAME_OUTER + PURE_OUTER_SIZE)

/* At LABEL, if the thread is in none: as guard.c does it.  The handler is in r10, and
   goes on at BACK.  */
	.macro	call_same label, otherwise, back
\label:
	testq	%r10, %r10
	jz	\otherwise
	movq	MARK, %rax
	orq	FRAME, %rax
	orq	INSIDE, %rax
	jnz	\otherwise
	movq	__libc_errno@GOTTPOFF(%rip), %rax
	pushq	%fs:(%rax)
	movl	$0, %fs:(%rax)
	pushq	$0
	pushq	$0
	pushq	$0
	pushq	SAME_ERRNO(%rsp)
	pushq	SAME_ERRNO(%rsp)
	leaq	SAME_OUTER + PURE_IN_HANDLER(%rsp), %rax
	movq	%rax, MARK
\label\()_calling:
	xorl	%eax, %eax
	call	*%r10
	movq	__libc_errno@GOTTPOFF(%rip), %rdx
	movslq	%fs:(%rdx), %rcx
	movl	SAME_ERRNO(%rsp), %esi
	movl	%esi, %fs:(%rdx)
	movq	$0, MARK
\label\()_called:
	cmpq	$-1, %rax
	jne	\back
	negq	%rcx
	cmovnzq	%rcx, %rax
	jmp	\back
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

/* long __pure_counted_guard (a1, a2, a3, a4, a5, a6, number)
   The guard with six arguments, of which the handler hears how many the call has.  */
	.macro	counted_guard
	func	__pure_counted_guard, hidden
	movq	8(%rsp), %rax
	movq	%rcx, %r10
	native_or .Lcounted
.Lcounted:
	count_arguments %rax, %r11d, %ecx, %rcx
	guarded
	endfunc	__pure_counted_guard
	.endm

	.macro	call_handler dispatch, answered
	.ifb	\answered
	call_isolated \dispatch, .Lcalling, .Lown, .Lsame, FRAME
	.else
	call_isolated \dispatch, .Lcalling_many, .Lown_many, .Lsame, FRAME
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

	.macro	site_stack
	pushq	STACK
	.endm

	.macro	site_landing_pad
	call_on_own_stack .Lown, .Lanswered
	call_on_own_stack .Lown_many, .Lanswered
	call_same .Lsame, .Ldispatch, .Lback
	/* The thread was in none.  */
.Lsame_unwound:
	movq	$0, MARK
	movq	$0, FRAME
.Lsite_unwound:
	movq	%rax, %rdi
	leaq	SITE_STACK(%rbp), %rsp
	andq	$-16, %rsp
	movq	SITE_STACK(%rbp), %rax
	movq	%rax, STACK
	leave_inside
	resume_unwinding
	.endm

	.macro	site_tables
	unwind_table .Lsite_lsda, __pure_libc_site, \
		.Lcalling, .Lcalled, .Lsite_unwound, \
		.Lcalling_many, .Lcalled_many, .Lsite_unwound, \
		.Lown, .Lown_called, .Lsite_unwound, \
		.Lown_many, .Lown_many_called, .Lsite_unwound, \
		.Lsame_calling, .Lsame_called, .Lsame_unwound
	.endm

/* ---- the thunk ---- */

/* What the thread was in when the thunk was entered, for when that is unwound.  */
	.macro	keep_inside
	movq	INSIDE, %rax
	movq	%rax, FRAME_INSIDE(%rbp)
	movq	STACK, %rax
	movq	%rax, FRAME_STACK(%rbp)
	.endm

	.macro	restore_inside frame
	restore_stack \frame, %rdx
	movq	FRAME_INSIDE(\frame), %rdx
	movq	%rdx, INSIDE
	testq	%rdx, %rdx
	jnz	.Lstill_inside\@
	leave_inside_keeping
.Lstill_inside\@:
	.endm

	.macro	call_handler_of_thunk
	call_isolated .Lguard, .Lthunk_calls, .Lthunk_own, .Lguard
.Lthunk_called:
	after_isolated .Lthunk_errno
	.endm

	.macro	thunk_otherwise answered
.Lguard:
	call	__pure_thunk_guard
	jmp	\answered

.Lthunk_errno:
	take_errno
	jmp	\answered

	call_on_own_stack .Lthunk_own, .Lthunk_called
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
	.cfi_endproc
	endpublic_entry \name
	.endm

/* One that is a part of another function.  */
	.macro	public_entry name
	entry	__\name, global
	.endm

	.macro	endpublic_entry name
	endentry __\name
	.weak	\name
	.set	\name, __\name
	.endm

/* Jump to TARGET if the number in rdi is one that pure-special.c has something to do
   for, as it may have for those that there are none of.  Destroys rax.  */
	.macro	if_special target
	cmpq	$SPECIAL_NUMBERS, %rdi
	jae	\target
	leaq	__pure_special_numbers(%rip), %rax
	cmpb	$0, (%rax,%rdi)
	jne	\target
	.endm

/* A handler that isn't the only one passes on what nothing else has to be done for, as
   pure-special.c does: to the next, whose address is in r10, or to the kernel.  The table
   is in rax.  */
	.macro	pass_in_stack otherwise
	cmpq	$SPECIAL_NUMBERS, %rdi
	jae	\otherwise
	cmpb	$SPECIAL_IN_STACK, (%rax,%rdi)
	jne	\otherwise
	movq	INSIDE, %r11
	cmpq	$PURE_IN_KERNEL, %r11
	jbe	\otherwise
	movq	PURE_ISOLATED_HANDLER + __pure_next(%rip), %r10
	leaq	__pure_next(%rip), %rax
	cmpq	%rax, %r10
	je	.Llast
	movq	PURE_ISOLATED_ERRNO + __pure_next(%rip), %rax
	cmpl	$0, %fs:(%rax)
	jne	\otherwise
	.cfi_remember_state
	push_word LEVEL
	push_word LEVEL_INSIDE
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	push_word 40(%rsp)
	push_word 40(%rsp)
	movq	PURE_ISOLATED_LEVEL + __pure_next(%rip), %rax
	movq	%rax, LEVEL
	movq	%r11, LEVEL_INSIDE
	xorl	%eax, %eax
	call	*%r10
	addq	$24, %rsp
	.cfi_adjust_cfa_offset -24
	pop_word LEVEL_INSIDE
	pop_word LEVEL
	movq	PURE_ISOLATED_ERRNO + __pure_next(%rip), %r11
	cmpl	$0, %fs:(%r11)
	jne	.Lnext_errno
.Lnext_answered:
	if_ending
	jmp	__x86_return_thunk
.Lnext_errno:
	take_errno
	jmp	.Lnext_answered
	.cfi_restore_state

	/* What comes out of the kernel isn't in any, whatever it does.  */
.Llast:
	testb	$PURE_FOR_HANDLER, %r11b
	jnz	\otherwise
	.cfi_remember_state
	push_word LEVEL_INSIDE
	movq	$0, LEVEL_INSIDE
	movq	%rdi, %rax
	movq	%rdx, %rdi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	movq	%r9, %r10
	movq	16(%rsp), %r8
	movq	24(%rsp), %r9
	call	__pure_gateway_pass
	pop_word LEVEL_INSIDE
	jmp	__x86_return_thunk
	.cfi_restore_state
	.endm

/* At LABEL, with a handler's arguments.  */
	.macro	pass_special label
\label:
#ifdef SHARED
	pass_in_stack .Lspecial
#endif
.Lspecial:
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
