/* Hooks (pure-hooks.h) of personalities that call every handler by a C function.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_HOOKS_BY_C_H
#define PURE_HOOKS_BY_C_H 1

/* The entry from sites.  */
	.macro	own_site_entry
	.endm
	.macro	own_site_mark
	.endm

/* Call the handler from a site: by the C function at DISPATCH.  */
	.macro	call_handler dispatch, answered
	jmp	\dispatch
	.endm
	.macro	if_site_errno
	.endm
	.macro	site_errno back
	.endm

/* And from the thunk.  */
	.macro	call_handler_of_thunk
	call	__pure_thunk_guard
	.endm
	.macro	thunk_otherwise answered
	.endm
	.macro	thunk_alias
	.endm

#endif /* hooks-by-c.h */
