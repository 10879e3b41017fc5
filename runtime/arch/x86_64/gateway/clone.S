/* clone and clone3 under a thunk's handler, with a stack for the child.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The child has to come out at the site, not in the handler.  The kernel gives it
   all registers but rax and rsp as they are now, so the site's are loaded before;
   and the child finds the address to go on at below the top of its stack, where
   nothing is yet.

   Entered as for the kernel:
	clone:	rax: 56   rdi: flags  rsi: the top of the child's stack or 0
		rdx: parent_tid  r10: child_tid  r8: tls
	clone3:	rax: 435  rdi: struct clone_args  rsi: its size

   While in the kernel, the parent's stack, below what is on the handler's, the return
   address and rbx, rbp, r12 to r15, the caller's:
		  what to_program_stack has pushed
	rsp + 8   the thread's mark
	rsp	  the thread's frame
   and the child's:
	rsp	  the top: what the program has put there
	rsp - 8	  the address after the site  */

	/* The arguments have to be there to be looked at; the kernel refuses
	   those that aren't.  */
	func	__pure_gateway_clone3, local, 0
	testq	%rdi, %rdi
	jz	__pure_gateway_plain
	cmpq	$ARGS_SIZE_VER0, %rsi
	jb	__pure_gateway_plain
	movq	ARGS_STACK(%rdi), %rcx
	testq	%rcx, %rcx
	jnz	.Lclone3_new_stack
	testl	$CLONE_VM, ARGS_FLAGS(%rdi)
	jz	__pure_gateway_plain
	jmp	__pure_gateway_vfork

	entry	__pure_gateway_clone
	movq	%rsi, %rcx
	testq	%rcx, %rcx
	jnz	.Lclone_new_stack
	testl	$CLONE_VM, %edi
	jz	__pure_gateway_plain
	jmp	__pure_gateway_vfork

	/* A child on a stack of its own, whose top is in rcx.  What the call
	   doesn't take as an argument is as it was at the site.  */
.Lclone3_new_stack:
	addq	ARGS_STACK_SIZE(%rdi), %rcx
	.cfi_remember_state
	push_callee_saved
	movq	FRAME, %rbp
	movq	FRAME_RDX(%rbp), %rdx
	movq	FRAME_R10(%rbp), %r10
	movq	FRAME_R8(%rbp), %r8
	movq	FRAME_R9(%rbp), %r9
	jmp	.Lnew_stack
.Lclone_new_stack:
	.cfi_restore_state
	push_callee_saved
	movq	FRAME, %rbp
	movq	FRAME_R9(%rbp), %r9
.Lnew_stack:
	movq	%rcx, %r12
	push_thread CALLEE_SAVED_SIZE
	movq	FRAME_RESUME(%rbp), %rbx
	movq	%rbx, -8(%r12)
	movq	%rax, %rbx
	movq	%rdx, %r12
	restore_xstate %rbp
	movq	%rbx, %rax
	movq	%r12, %rdx
	movq	FRAME_RBX(%rbp), %rbx
	movq	FRAME_R12(%rbp), %r12
	movq	FRAME_R13(%rbp), %r13
	movq	FRAME_R14(%rbp), %r14
	movq	FRAME_R15(%rbp), %r15
	movq	FRAME_RBP(%rbp), %rbp
	enter_kernel
	testq	%rax, %rax
	jz	.Lchild_on_new_stack
	/* The state that the site had may be x87 values.  */
	emms
	pop_thread .Lfar_clone, CALLEE_SAVED_SIZE
	pop_callee_saved
	ret
	far_handler_stack .Lfar_clone, CALLEE_SAVED_SIZE

	/* No stack frame is left that an unwinder could find, and nothing in
	   memory that is a register's.  */
.Lchild_on_new_stack:
	.cfi_undefined rip
	movq	-8(%rsp), %rcx
	jmp	*%rcx
	endentry __pure_gateway_clone
	endfunc	__pure_gateway_clone3
