/* Where the assembly files differ from one personality to the next: libpurecc's.
   runtime/arch/x86_64/glibc/pure-hooks.h has the others'.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_HOOKS_H
#define PURE_HOOKS_H 1

#include "hooks-by-c.h"
#include "returns.h"
#include "thunk-unwind.h"

/* Jump to pure glibc's NAME where the process has a pure glibc: its mark is then
   the only one, so that a handler's calls are native whichever library's guard
   they meet.  */
	.macro	hand_over name
	.weak	\name
	cmpq	$0, \name\()@GOTPCREL(%rip)
	je	.Lown\@
	jmp	*\name\()@GOTPCREL(%rip)
.Lown\@:
	.endm

/* The same for the thunk, which goes with the gateway.  The address to go on at is
   in rcx, and no flag may change.  */
	.macro	hand_over_thunk name
	.weak	\name
	movq	\name\()@GOTPCREL(%rip), %r11
	xchgq	%rcx, %r11
	.cfi_register %rip, %r11
	jrcxz	1f
	.cfi_remember_state
	xchgq	%rcx, %r11
	.cfi_register %rip, %rcx
	jmp	*%r11
	.cfi_restore_state
1:	xchgq	%rcx, %r11
	.cfi_register %rip, %rcx
	.endm

/* A function of purecc.h.  */
	.macro	public name
	func	\name, global
	hand_over __\name
	.endm

	.macro	endpublic name
	endfunc	\name
	.endm

/* One that is a part of another function.  */
	.macro	public_entry name
	entry	\name, global
	hand_over __\name
	.endm

	.macro	endpublic_entry name
	endentry \name
	.endm

/* No call needs more than the gateway does: the C library's own functions never
   come to a handler here, so that there is no question of the vDSO, and no handler
   is isolated.  */
	.macro	if_special target
	.endm
	.macro	pass_special label
	.endm

/* Nor has one a stack of its own.  */
	.macro	own_stack_function
	.endm

/* Nor does a C library cancel the thread in a call.  */
	.macro	if_cancelable target
	.endm
	.macro	cancelable uncancelable, label, inside, followed
	.endm

/* The address of the pointer to rcx.  */
	.macro	load_pointer_address
	movq	__pure_syscall@GOTPCREL(%rip), %rcx
	.endm

#endif /* pure-hooks.h */
