/* How the gateway returns; ld.so makes so few calls that to find out which way is
   better, which a hypervisor may have to help with, would cost more.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Where a kernel calls and returns from every function in a way of its own
   (Linux's mitigation of speculative return stack overflow, on AMD's Zen), all
   that is on the CPU's return stack when the kernel has just been left is
   addresses in the kernel.  The first `ret' after that costs up to 150 cycles,
   since the CPU goes and looks there, and each further one 20; a jump doesn't.  So
   it's a jump where nobody will miss what a `ret' takes off that stack.  Elsewhere
   a jump in place of a `ret' would cost 20, later on.  */

#ifndef PURE_RETURNS_H
#define PURE_RETURNS_H 1

/* __pure_returns: does the CPU know where functions return to, after the kernel
   has been left?  */
#define RETURNS_UNKNOWN	0
#define RETURNS_KNOWN	1
#define RETURNS_LOST	2

#ifdef __ASSEMBLER__

/* FOLLOWED: so many functions that know nothing of this are likely to return
   before others are called, the handler's and the program's.  They are given
   addresses where there is nothing to be found, by as many calls that aren't
   returned from, of two cycles each.  STATE: `known' if __pure_returns was found to
   be RETURNS_KNOWN, `other' if it wasn't, `any' if that wasn't looked at.  */
	.macro	return followed=0, state=any
	.ifnc	\state, other
	.ifc	\state, any
	cmpl	$RETURNS_KNOWN, __pure_returns(%rip)
	jne	.Lnot_known\@
	.endif
	ret
	.endif
.Lnot_known\@:
	.ifnc	\state, known
	cmpl	$RETURNS_LOST, __pure_returns(%rip)
	jne	.Lfind\@
	.cfi_remember_state
	.if	\followed
	.rept	\followed
	call	1f
	int3
1:
	.cfi_adjust_cfa_offset 8
	.endr
	addq	$8 * \followed, %rsp
	.cfi_adjust_cfa_offset -8 * \followed
	.endif
	pop_word %rcx
	.cfi_register %rip, %rcx
	jmp	*%rcx
	.cfi_restore_state
.Lfind\@:
	push_word %rax
	call	__pure_find_returns
	pop_word %rax
	ret
	.endif
	.endm

/* What a guard does whose pointer is NULL.  No jump but the return is taken where
   the CPU knows where to.  */
	.macro	native
	enter_kernel PURE_KIND_GUARDED
	cmpl	$RETURNS_KNOWN, __pure_returns(%rip)
	jne	__x86_return_thunk
	ret
	.endm

#endif /* __ASSEMBLER__ */
#endif /* returns.h */
