/* Where ld.so's runtime differs: pure-hooks.h.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Calls of ld.so's own come seldom, so that everything goes by C functions; it has
   no unwinder, and exports nothing.  */

#include "hooks-by-c.h"

#define PURE_NO_PUBLIC_FUNCTIONS 1

	.macro	return followed=0, state
	ret
	.endm

/* What it tests is not the pointer by its name, so it isn't a guarded site.  */
	.macro	native
	jmp	__pure_raw_gateway_entry
	.endm

/* As pure_process_pointer.  */
	.macro	load_pointer_address
	movq	__pure_process@GOTPCREL(%rip), %rcx
	cmpq	$0, PURE_PROCESS_POINTER(%rcx)
	leaq	PURE_PROCESS_EARLY(%rcx), %r11
	movq	PURE_PROCESS_POINTER(%rcx), %rcx
	cmovzq	%r11, %rcx
	.endm

/* ld.so's own calls are not cancelled.  */
	.macro	cancelable uncancelable, label, inside, followed
\uncancelable:
\label:
	jmp	__pure_gateway_plain
	.endm

	.macro	thunk_personality
	.endm
	.macro	thunk_landing_pad
	.endm
	.macro	thunk_tables
	.endm
