/* Hooks (pure-hooks.h) of personalities that call every handler by a C function.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_HOOKS_BY_C_H
#define PURE_HOOKS_BY_C_H 1

/* The entry from sites.  */
	.macro	own_site_entry
	.endm
	.macro	own_site_mark
	.endm

/* All calls say how many arguments they have.  */
	.macro	counted_guard
	.endm

/* Call the handler from a site: by the C function at DISPATCH.  */
	.macro	call_handler dispatch, answered
	jmp	\dispatch
	.endm
	.macro	if_site_errno
	.endm
	.macro	site_errno back
	.endm

	.macro	site_personality
	.endm
	.macro	site_landing_pad
	.endm
	.macro	site_tables
	.endm
	.macro	site_stack
	.endm

/* And from the thunk.  */
	.macro	call_handler_of_thunk
	call	__pure_thunk_guard
	.endm
	.macro	thunk_otherwise answered
	.endm
	.macro	thunk_alias
	.endm

/* The thread is never in an isolated handler when it comes to this gateway, nor when
   it is unwound out of this thunk.  */
	.macro	pass_inside own_stack
	.endm
	.macro	pop_inside
	.endm
	.macro	pass_on_own_stack label, inside, followed, state
	.endm
	.macro	call_inside label, again
	.endm
	.macro	if_inside inside
	.endm
	.macro	leave_inside
	.endm
	.macro	to_program_stack pushed
	.endm
	.macro	on_program_stack size, pushed
	.endm
	.macro	to_handler_stack far, pushed
	.endm
	.macro	far_handler_stack far, pushed
	.endm
	.macro	keep_stack
	.endm
	.macro	restore_stack frame, through
	.endm
	.macro	restore_inside frame
	.endm
	.macro	own_area otherwise
	.endm
	.macro	inside_functions
	.endm
	.macro	keep_inside
	.endm
#define ALIGN_PUSHED 8

#endif /* hooks-by-c.h */
