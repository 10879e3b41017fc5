/* The way of most calls, and which take another.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Where the site's instruction is followed by a `ret', the call that the handler
   of a thunk was called for is made with that very instruction: musl looks whether
   a signal has come at that address to know whether the thread may be cancelled
   there (__syscall_cp_asm).  For glibc's there is a way of its own
   (pure-hooks-libc.h).  */

	/* From where the arguments are in place.  FOLLOWED, STATE: returns.h.  */
	.macro	pass followed, state=any
	LOAD_THREAD
	movq	MARK, %rcx
	orq	FRAME, %rcx
	jne	.Lin_handler
	pass_inside .Lown_stack\@
	enter_kernel
	pop_inside
	return	\followed, \state
	pass_on_own_stack .Lown_stack\@, .Linside, \followed, \state
	.endm

	/* long __pure_gateway (number, a1, a2, a3, a4, a5, a6)
	   For the runtime's own functions, which are not cancelled.  */
	func	__pure_gateway, hidden
	to_kernel_registers
	if_cancelable .Luncancelable

	/* What a handler calls.  As for the kernel:
		rax: number
		rdi, rsi, rdx, r10, r8, r9: a1 to a6
		rsp: the return address  */
	entry	__pure_gateway_pass
	pass	FOLLOWED
	endentry __pure_gateway_pass

#ifndef PURE_NO_PUBLIC_FUNCTIONS
	/* long pure_pass (number, nr, a1, a2, a3, a4, a5, a6)
	   Entered as a handler is:
		rdi: number	rsi: nr
		rdx, rcx, r8, r9: a1 to a4
		rsp + 8: a5	rsp + 16: a6
		r11: bit PURE_OWN_SITE_BIT, a hint
	   No jump but the return is taken where the CPU knows where to.  */
	.p2align 4
	public_entry pure_pass
	if_special .Lpass_special
	movq	%rdi, %rax
	movq	%rdx, %rdi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	movq	%r9, %r10
	movq	8(%rsp), %r8
	movq	16(%rsp), %r9
	cmpl	$RETURNS_KNOWN, __pure_returns(%rip)
	jne	.Lpass_otherwise
	entry	__pure_gateway_pass_known
	pass	0, known
	endentry __pure_gateway_pass_known
.Lpass_otherwise:
	movq	%r11, %rcx
	shrq	$PURE_OWN_SITE_BIT, %rcx
	cmpl	$1, %ecx
	je	__pure_gateway_pass_own
	entry	__pure_gateway_pass_libc
	pass	FOLLOWED, other
	endentry __pure_gateway_pass_libc
	pass_special .Lpass_special
	endpublic_entry pure_pass

	/* For a site of the program's own.  */
	entry	__pure_gateway_pass_own
	pass	FOLLOWED_OWN, other
	endentry __pure_gateway_pass_own
#endif

	call_inside .Linside, .Lin_handler
.Lin_handler:
	if_inside .Linside
	if_cancelable .Lcancelable
	cmpq	$0, FRAME
	jne	.Lin_thunk

	/* As for the kernel, and r11 from LOAD_THREAD.  While in the kernel:
		what to_program_stack has pushed
		rsp + 8   the thread's mark
		rsp	  the thread's frame  */
	entry	__pure_gateway_plain
	cmpq	$NR_EXIT, %rax
	je	.Lexit
	push_thread
	enter_kernel
	pop_thread .Lfar
	return	FOLLOWED
	far_handler_stack .Lfar

	/* The next thread to use this one's stack finds its words there too. */
.Lexit:
	movq	$0, MARK
	movq	$0, FRAME
	leave_inside
	enter_kernel
	hlt
	endentry __pure_gateway_plain

	cancelable .Luncancelable, .Lcancelable, .Linside, FOLLOWED

	/* Is it one of the calls that need more?  */
.Lin_thunk:
	cmpq	$NR_CLONE3, %rax
	je	__pure_gateway_clone3
	cmpq	$NR_CLONE, %rax
	je	__pure_gateway_clone
	cmpq	$NR_VFORK, %rax
	je	__pure_gateway_vfork
	cmpq	$NR_RT_SIGRETURN, %rax
	je	__pure_gateway_sigreturn
	cmpq	$NR_MUNMAP, %rax
	je	.Lunmap
	movq	FRAME, %rcx
	cmpq	FRAME_RAX(%rcx), %rax
	jne	__pure_gateway_plain
	movq	FRAME_RESUME(%rcx), %rcx
	cmpb	$RET, (%rcx)
	jne	__pure_gateway_plain
	push_thread
	/* As aligned as for any function: the signal may go on in one.  */
	leaq	-ALIGN_PUSHED(%rsp), %rsp
	.cfi_adjust_cfa_offset ALIGN_PUSHED
	on_program_stack PURE_OUTER_SIZE + ALIGN_PUSHED
	movq	ALIGN_PUSHED + PURE_OUTER_FRAME(%rsp), %rcx
	movq	FRAME_RESUME(%rcx), %rcx
	subq	$SYSCALL_SIZE, %rcx
	call	*%rcx
	leaq	ALIGN_PUSHED(%rsp), %rsp
	.cfi_adjust_cfa_offset -ALIGN_PUSHED
	on_program_stack PURE_OUTER_SIZE
	pop_thread .Lfar_thunk
	ret
	far_handler_stack .Lfar_thunk

	/* Is it the stack that the site is on?  unmap.c.  */
.Lunmap:
	movq	FRAME, %rdx
	leaq	FRAME_SITE_RSP(%rdx), %rdx
	movq	%rdx, %rcx
	subq	%rdi, %rcx
	jb	__pure_gateway_plain
	cmpq	%rsi, %rcx
	jae	__pure_gateway_plain
	jmp	__pure_unmap
	endfunc	__pure_gateway
