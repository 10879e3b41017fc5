/* The gateway: the one place of the runtime from which the kernel is entered.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A C function with the system call's number and six arguments, in rdi, rsi,
   rdx, rcx, r8, r9 and on the stack (psABI, 3.2.3), moved to where the kernel
   takes them (psABI, A.2.1): rax, and rdi, rsi, rdx, r10, r8, r9.  The kernel
   destroys rcx and r11 and returns the raw result in rax.

   The thread is not in a handler while it is in the kernel: that is where
   signals arrive, and the calls of their handlers are to be diverted.

   Where the handler was called by a thunk, what comes out of a few calls has
   another stack: those have a file each.  In one assembly, so that jumps from one
   to the other are short.  */

#include "frame.h"
#include "pure-hooks.h"

/* How many functions return before others are called (returns.h).  What the C
   library's own sites are called by is often some levels deep.  A statement of
   the program's own may also stand in a loop: only the function that it is in is
   counted.  */
#define FOLLOWED	8
#define FOLLOWED_OWN	1

/* Set the thread's words aside, mark and frame as a struct pure_outer on the stack,
   whose address the mark then is, and take them back.  The stack is the program's
   in between.  PUSHED: so many bytes are on the handler's besides the return
   address; FAR is to_handler_stack's.  Destroys rcx and r11.  */
	.macro	push_thread pushed=0
	.if	PURE_OUTER_MARK != 8 || PURE_OUTER_FRAME != 0
	.error	"push_thread"
	.endif
	to_program_stack \pushed
	push_word MARK
	on_program_stack 8, \pushed
	push_word FRAME
	on_program_stack PURE_OUTER_SIZE, \pushed
	movq	%rsp, MARK
	movq	$0, FRAME
	leave_inside
	.endm

	.macro	pop_thread far, pushed=0
	LOAD_THREAD
	pop_word FRAME
	on_program_stack 8, \pushed
	pop_word MARK
	on_program_stack 0, \pushed
	to_handler_stack \far, \pushed
	.endm

	.text

#ifndef PURE_NO_PUBLIC_FUNCTIONS
# include "gateway/public.S"
#endif
#include "gateway/plain.S"
#include "gateway/sigreturn.S"
#include "gateway/clone.S"
#include "gateway/vfork.S"
#include "gateway/raw.S"
	inside_functions

	.section .note.GNU-stack, "", @progbits
