/* vfork, and clone and clone3 that share memory without a stack, under a thunk's
   handler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The child runs on the parent's stack, and on from the site, so that it
   overwrites what handler and gateway have there.  All between here and the site,
   on the program's stack, is copied to other memory before and back after, while
   the parent's registers say where it is.

   Entered as for the kernel.  While in the kernel:
	rbx: the copy	r12: its size	rbp: the thread's frame
   and below what is on the handler's stack, the return address and rbx, rbp, r12 to
   r15, the caller's:
		  what to_program_stack has pushed
	rsp + 64  the thread's mark
	rsp + 56  the thread's frame
	rsp + 48  rdi, and below it, rsi, rdx, r10, r8, r9, rax: the call's  */

#define KEPT_RDI	48
#define KEPT_RSI	40
#define KEPT_RDX	32
#define KEPT_R10	24
#define KEPT_R8		16
#define KEPT_R9		8
#define KEPT_RAX	0
#define KEPT_SIZE	56

	func	__pure_gateway_vfork, local, 0
	push_callee_saved
	movq	FRAME, %rbp
	push_thread CALLEE_SAVED_SIZE
	subq	$KEPT_SIZE, %rsp
	.cfi_adjust_cfa_offset KEPT_SIZE
	on_program_stack PURE_OUTER_SIZE + KEPT_SIZE, CALLEE_SAVED_SIZE
	movq	%rdi, KEPT_RDI(%rsp)
	movq	%rsi, KEPT_RSI(%rsp)
	movq	%rdx, KEPT_RDX(%rsp)
	movq	%r10, KEPT_R10(%rsp)
	movq	%r8, KEPT_R8(%rsp)
	movq	%r9, KEPT_R9(%rsp)
	movq	%rax, KEPT_RAX(%rsp)

	/* mmap (NULL, from here to the site, ..., -1, 0)  */
	leaq	FRAME_SITE_RSP(%rbp), %r12
	subq	%rsp, %r12
	xorl	%edi, %edi
	movq	%r12, %rsi
	movl	$PROT_READ_WRITE, %edx
	movl	$MAP_PRIVATE_ANONYMOUS, %r10d
	movq	$-1, %r8
	xorl	%r9d, %r9d
	movl	$NR_MMAP, %eax
	enter_kernel
	cmpq	$-MAX_ERRNO, %rax
	jae	.Lno_room
	movq	%rax, %rbx
	movq	%rax, %rdi
	movq	%rsp, %rsi
	movq	%r12, %rcx
	rep movsb

	movq	KEPT_RDI(%rsp), %rdi
	movq	KEPT_RSI(%rsp), %rsi
	movq	KEPT_RDX(%rsp), %rdx
	movq	KEPT_R10(%rsp), %r10
	movq	KEPT_R8(%rsp), %r8
	movq	KEPT_R9(%rsp), %r9
	movq	KEPT_RAX(%rsp), %rax
	enter_kernel
	/* The parent, whose stack the child has used: until the copy is back,
	   what an unwinder would read there are no stack frames.  */
	.cfi_remember_state
	.cfi_undefined rip
	testq	%rax, %rax
	jz	.Lchild_on_shared_stack
	movq	%rax, %r13
	movq	%rsp, %rdi
	movq	%rbx, %rsi
	movq	%r12, %rcx
	rep movsb
	.cfi_restore_state
	movq	%rbx, %rdi
	movq	%r12, %rsi
	movl	$NR_MUNMAP, %eax
	enter_kernel
	movq	%r13, %rax
.Lno_room:
	.cfi_remember_state
	addq	$KEPT_SIZE, %rsp
	.cfi_adjust_cfa_offset -KEPT_SIZE
	on_program_stack PURE_OUTER_SIZE, CALLEE_SAVED_SIZE
	pop_thread .Lfar_vfork, CALLEE_SAVED_SIZE
	pop_callee_saved
	ret
	far_handler_stack .Lfar_vfork, CALLEE_SAVED_SIZE

	/* The child leaves by the thunk, as if the handler had returned 0.  */
.Lchild_on_shared_stack:
	.cfi_restore_state
	LOAD_THREAD
	movq	$0, MARK
	movq	$0, FRAME
	keep_stack
	xorl	%ebx, %ebx
	jmp	__pure_thunk_return
	endfunc	__pure_gateway_vfork
