/* The thunk: diverts a site whose surroundings are not known to the compiler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A residual site, and each one in an assembly source, has a sequence of
   abi/x86_64/thunk.h.  It uses rcx only, which the instruction destroys,
   changes no flag that can be read later, and doesn't touch the stack, so that
   its call frame information stays true whatever it is.  The thunk is entered with the
   address to go on at in rcx, all other registers and the stack as at the
   site, and goes on there with the result in rax, that address in rcx and the
   flags in r11, as the instruction does, and all else as it was: general
   registers, flags, the 128 bytes below the stack pointer (the red zone), and
   x87, MMX and vector state, all that the CPU has (xstate.h).

   In between it is a frame like any other: its caller's program counter is
   rcx, later a word on the stack, and its CFA is the site's stack pointer.  When
   it is unwound, by an exception that a signal may start at any instruction, the
   thread gets back the frame and the mark that it had.  The mark may by then be the
   address of words on the stack, which an isolated handler's call of the gateway
   has pushed, and which go with the stack.

   The stack, once all is saved, from the site's stack pointer down:

		  the red zone, 128 bytes
	rbp + 16  the flags
	rbp + 8	  rcx: the address to go on at
	rbp	  rbp
	rbp - 8	  general registers and the thread's words (frame.h)
		  the rest of the state, aligned to 64 bytes (xstate.h), if the
		  thread has no other stack for that
	rsp + 8	  r9: a handler's a6
	rsp	  r8: a5  */

#include "counts.h"
#include "frame.h"
#include "pure-hooks.h"

	.text
	func	PURE_THUNK_SYMBOL, protected
	thunk_personality
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	hand_over_thunk __pure_libc_thunk
	leaq	-RED_ZONE(%rsp), %rsp
	.cfi_adjust_cfa_offset RED_ZONE
	pushfq
	.cfi_adjust_cfa_offset 8
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rip, FRAME_RESUME - FRAME_SITE_RSP
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_offset %rbp, FRAME_RBP - FRAME_SITE_RSP
	movq	%rsp, %rbp
	.cfi_def_cfa %rbp, FRAME_SITE_RSP
	subq	$FRAME_SIZE, %rsp
	movq	%rdx, FRAME_RDX(%rbp)
	movq	%rsi, FRAME_RSI(%rbp)
	movq	%rdi, FRAME_RDI(%rbp)
	movq	%r8, FRAME_R8(%rbp)
	movq	%r9, FRAME_R9(%rbp)
	movq	%r10, FRAME_R10(%rbp)
	movq	%rbx, FRAME_RBX(%rbp)
	movq	%r12, FRAME_R12(%rbp)
	movq	%r13, FRAME_R13(%rbp)
	movq	%r14, FRAME_R14(%rbp)
	movq	%r15, FRAME_R15(%rbp)
	movq	%rax, FRAME_RAX(%rbp)
	/* Also those that a handler keeps: the child of a vfork comes back with
	   others.  */
	.cfi_rel_offset %rbx, FRAME_RBX
	.cfi_rel_offset %r12, FRAME_R12
	.cfi_rel_offset %r13, FRAME_R13
	.cfi_rel_offset %r14, FRAME_R14
	.cfi_rel_offset %r15, FRAME_R15
	cld

	/* This frame is the thread's now.  */
	LOAD_THREAD
	movq	MARK, %rax
	movq	%rax, FRAME_MARK(%rbp)
	movq	FRAME, %rax
	movq	%rax, FRAME_OUTER(%rbp)
	keep_inside
.Lframe:
	movq	%rbp, FRAME

	/* A thread that ends needs nothing back, and may have little stack.  */
	movq	$0, FRAME_XSTATE(%rbp)
	cmpq	$NR_EXIT, FRAME_RAX(%rbp)
	je	.Lempty_x87

	/* The rest of the state.  */
	cmpl	$XSTATE_UNKNOWN, __pure_xstate_kind(%rip)
	je	.Lfind_xstate
.Lsave_xstate:
	movl	__pure_xstate_size(%rip), %eax
	own_area .Lsave
	subq	%rax, %rsp
	andq	$-AREA_ALIGN, %rsp
	movq	%rsp, %rdi
.Lsave:
	movq	%rdi, FRAME_XSTATE(%rbp)
	cmpl	$XSTATE_MOVES, __pure_xstate_kind(%rip)
	jne	.Lsave_all

	/* By moves: those components that are known to be used, then a look
	   at whether there are more now.  */
	stmxcsr	FRAME_MXCSR(%rbp)
	movl	__pure_xstate_seen(%rip), %r8d
.Lstore_vectors:
	store_vectors %rdi, %r8d
	read_in_use
	movl	%r8d, %ecx
	orl	$XSTATE_NOT_MOVED, %ecx
	notq	%rcx
	testq	%rax, %rcx
	jnz	.Lnot_seen
	orl	$XSTATE_PKRU, %eax
	movq	%rax, FRAME_IN_USE(%rbp)
	testb	$XSTATE_ZMM_HI256 | XSTATE_X87, %al
	jz	.Lsaved
	/* Moves to the upper halves of zmm0 to zmm15 would put AVX to use.  */
	movl	%eax, %ecx
	andl	$XSTATE_ZMM_HI256 | XSTATE_AVX, %ecx
	cmpl	$XSTATE_ZMM_HI256, %ecx
	je	.Lsave_all
	testb	$XSTATE_X87, %al
	jz	.Lsaved
	cmpq	%rsp, %rdi
	leaq	AREA_FXSAVE(%rdi), %rdi
	cmoveq	%rdi, %rsp
	jmp	.Lfxsave

	/* Again, if there are moves for these too.  */
.Lnot_seen:
	testq	$~(XSTATE_NOT_MOVED | XSTATE_MOVED), %rax
	jnz	.Lsave_all
	andl	$XSTATE_MOVED, %eax
	orl	%eax, %r8d
	movl	%r8d, __pure_xstate_seen(%rip)
	jmp	.Lstore_vectors

	/* By the instruction for it.  The area's header has to be zero where
	   that doesn't write it.  */
.Lsave_all:
	movq	$0, FRAME_IN_USE(%rbp)
	cmpl	$XSTATE_FXSAVE, __pure_xstate_kind(%rip)
	je	.Lfxsave
	xorl	%eax, %eax
	.irp	word, 0, 8, 16, 24, 32, 40, 48, 56
	movq	%rax, (XSAVE_HEADER + \word)(%rdi)
	.endr
	movl	$XSTATE_MASK_LOW, %eax
	movl	$XSTATE_MASK_HIGH, %edx
	cmpl	$XSTATE_XSAVE, __pure_xstate_kind(%rip)
	je	.Lxsave
	xsavec64 (%rdi)
	jmp	.Lxsaved
.Lxsave:
	xsave64	(%rdi)
.Lxsaved:
	testb	$XSTATE_X87, XSAVE_HEADER(%rdi)
	jz	.Lsaved
	jmp	.Lempty_x87
.Lfxsave:
	fxsave64 (%rdi)
.Lempty_x87:
	/* A C function expects the x87 stack to be empty.  */
	emms
.Lsaved:

	/* As a handler is called: number, count, a1, a2, a3, a4, a5, a6.  */
	movq	FRAME_RAX(%rbp), %rdi
	count_arguments %rdi, %esi, %eax, %rax
	movq	FRAME_RDI(%rbp), %rdx
	movq	FRAME_RSI(%rbp), %rcx
	movq	FRAME_RDX(%rbp), %r8
	movq	FRAME_R10(%rbp), %r9
	andq	$-16, %rsp
	pushq	FRAME_R9(%rbp)
	pushq	FRAME_R8(%rbp)
	call_handler_of_thunk
.Lanswered:
	movq	%rax, %rbx

	/* Back to the site with the result in rbx; all else is in the frame,
	   whose address is in rbp.  Children of vfork come here too.  */
	entry	__pure_thunk_return, hidden
	cmpq	$0, FRAME_XSTATE(%rbp)
	je	.Lnot_saved
	restore_xstate %rbp
.Lnot_saved:
	LOAD_THREAD
	restore_stack %rbp, %rax
	movq	FRAME_OUTER(%rbp), %rax
	movq	%rax, FRAME
.Lno_frame:
	movq	%rbx, %rax
	movq	FRAME_RDX(%rbp), %rdx
	movq	FRAME_RSI(%rbp), %rsi
	movq	FRAME_RDI(%rbp), %rdi
	movq	FRAME_R8(%rbp), %r8
	movq	FRAME_R9(%rbp), %r9
	movq	FRAME_R10(%rbp), %r10
	movq	FRAME_RBX(%rbp), %rbx
	movq	FRAME_R12(%rbp), %r12
	movq	FRAME_R13(%rbp), %r13
	movq	FRAME_R14(%rbp), %r14
	movq	FRAME_R15(%rbp), %r15
	.cfi_remember_state
	movq	%rbp, %rsp
	popq	%rbp
	.irp	reg, %rbp, %rbx, %r12, %r13, %r14, %r15
	.cfi_restore \reg
	.endr
	.cfi_def_cfa %rsp, FRAME_SITE_RSP - FRAME_RESUME
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	movq	(%rsp), %r11
	popfq
	.cfi_adjust_cfa_offset -8
	leaq	RED_ZONE(%rsp), %rsp
	.cfi_adjust_cfa_offset -RED_ZONE
	jmp	*%rcx
	endentry __pure_thunk_return

	/* Once a process: what the CPU has.  The function uses general
	   registers only, all of which are in the frame.  */
.Lfind_xstate:
	.cfi_restore_state
	movq	%rsp, %rbx
	andq	$-16, %rsp
	call	__pure_find_xstate
	movq	%rbx, %rsp
	jmp	.Lsave_xstate

	thunk_otherwise .Lanswered
.Lfar_end:
	thunk_landing_pad
	endfunc	PURE_THUNK_SYMBOL

	thunk_tables
	thunk_alias

	.section .note.GNU-stack, "", @progbits
