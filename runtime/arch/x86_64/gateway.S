/* The gateway: the one place of the runtime from which the kernel is entered.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A C function with the system call's number and six arguments, in rdi, rsi,
   rdx, rcx, r8, r9 and on the stack (psABI, 3.2.3), moved to where the kernel
   takes them (psABI, A.2.1): rax, and rdi, rsi, rdx, r10, r8, r9.  The kernel
   destroys rcx and r11 and returns the raw result in rax.

   The thread is not in a handler while it is in the kernel: that is where
   signals arrive, and the calls of their handlers are to be diverted.

   Where the handler was called by a thunk, a few calls can't just be made
   from here, since what comes out of them has another stack:

   - clone and clone3 with a stack for the child.  The kernel gives the child
     all registers but rax and rsp as they are now, so the site's are loaded
     before; and the child finds the address to go on at below the top of its
     stack, where nothing is yet.
   - vfork, and clone and clone3 that share memory without a stack: the child
     runs on the parent's stack, and on from the site, so that it overwrites
     the frames of handler and gateway.  They are copied aside before and put
     back after, while the parent's registers know where.
   - rt_sigreturn, which takes the signal's frame from where the stack pointer
     points: at the site.
   - munmap of the stack itself: unmap.c.

   And where the site's instruction has a `ret' behind it, the call that the
   handler was called for is made with that very instruction: C libraries look
   whether a signal has come in that place to know whether the thread may be
   cancelled there (musl's __syscall_cp_asm, glibc's __syscall_cancel_arch from
   2.41 on).  */

#include "frame.h"

#define NR_RT_SIGRETURN	15
#define NR_CLONE	56
#define NR_VFORK	58
#define NR_CLONE3	435
#define NR_MMAP		9
#define NR_MUNMAP	11
#define NR_GETTIMEOFDAY	96
#define NR_TIME		201
#define NR_CLOCK_GETTIME 228
#define NR_CLOCK_GETRES	229
#define NR_GETCPU	309
#define CLONE_VM	0x100
/* Instructions.  */
#define SYSCALL_SIZE	2
#define RET		0xc3
/* struct clone_args: the members that matter here, and its least size.  */
#define ARGS_FLAGS	0
#define ARGS_STACK	40
#define ARGS_STACK_SIZE	48
#define ARGS_SIZE_VER0	64

	.macro	push_reg reg
	pushq	\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
	.endm

	.macro	pop_reg reg
	popq	\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
	.endm

	.macro	load_reg place, reg
	movq	\place, \reg
	.cfi_restore \reg
	.endm

	.macro	push_word word:vararg
	pushq	\word
	.cfi_adjust_cfa_offset 8
	.endm

	.macro	pop_word word:vararg
	popq	\word
	.cfi_adjust_cfa_offset -8
	.endm

	.macro	push_callee_saved
	push_reg %rbx
	push_reg %rbp
	push_reg %r12
	push_reg %r13
	push_reg %r14
	push_reg %r15
	.endm

	.macro	pop_callee_saved
	pop_reg	%r15
	pop_reg	%r14
	pop_reg	%r13
	pop_reg	%r12
	pop_reg	%rbp
	pop_reg	%rbx
	.endm

#ifdef PURE_IN_LIBC
/* Jump to TARGET if the number in rdi is one that the vDSO may answer.  Few of
   the others are between the first and the last of the middle three: those go by
   what else_by_vdso of the same NAME has, out of the way.  Destroys rax.  */
	.macro	if_by_vdso name, target
	cmpq	$NR_GETTIMEOFDAY, %rdi
	je	\target
	leaq	-NR_TIME(%rdi), %rax
	cmpq	$NR_CLOCK_GETRES - NR_TIME, %rax
	jbe	.Lmiddle_\name
.Lneither_\name:
	cmpq	$NR_GETCPU, %rdi
	je	\target
	.endm

	.macro	else_by_vdso name, target
.Lmiddle_\name:
	.irp	nr, NR_TIME, NR_CLOCK_GETTIME, NR_CLOCK_GETRES
	cmpq	$\nr, %rdi
	je	\target
	.endr
	jmp	.Lneither_\name
	.endm
#else
	.macro	if_by_vdso name, target
	.endm
	.macro	else_by_vdso name, target
	.endm
#endif

/* Set mark and frame aside, in a record on the stack, and take them back.  */
	.macro	push_thread
	push_word MARK
	push_word FRAME
	movq	%rsp, MARK
	movq	$0, FRAME
	.endm

/* A child that is not to go back.  */
	.macro	clear_thread
	LOAD_THREAD
	movq	$0, MARK
	movq	$0, FRAME
	.endm

	.macro	pop_thread
	LOAD_THREAD
	pop_word FRAME
	pop_word MARK
	.endm

/* A function of purecc.h.  A C library defines it by a name of its own, of which
   the public one is a weak alias; libpurecc's is for where there is none.  */
#ifdef PURE_IN_LIBC
	.macro	public name
	.globl	__\name
	.type	__\name, @function
	.p2align 4
__\name:
	.cfi_startproc
	.endm
	.macro	public_end name
	.cfi_endproc
	.size	__\name, . - __\name
	.weak	\name
	.set	\name, __\name
	.endm
#else
	.macro	public name
	.globl	\name
	.type	\name, @function
	.p2align 4
\name:
	.cfi_startproc
	to_libc	__\name
	.endm
	.macro	public_end name
	.cfi_endproc
	.size	\name, . - \name
	.endm
#endif

/* Return from where the kernel has just been left.  Where a kernel calls and
   returns from every function in a way of its own (Linux's mitigation of
   speculative return stack overflow, on AMD's Zen), all that is on the CPU's
   return stack by then is addresses in the kernel.  The first `ret' after that
   costs up to 150 cycles, since the CPU goes and looks there, and each further
   one 20; a jump doesn't.  So it's a jump where nobody will miss what a `ret'
   takes off that stack.  Elsewhere a jump in place of a `ret' would cost 20,
   later on.  ld.so makes so few calls that to find out, which a hypervisor may
   have to help with, would cost more.

   FOLLOWED: so many functions that know nothing of this are likely to return
   before others are called, the handler's and the program's.  They are given
   addresses behind which there is nothing to be found, by as many calls that
   aren't returned from, of two cycles each.  What the C library's own sites are
   called by is often some levels deep.  A statement of the program's own may also
   stand in a loop: only the function that it is in is counted.  */
#define FOLLOWED	8
#define FOLLOWED_OWN	1

	.macro	return followed=0
#ifdef PURE_IN_RTLD
	ret
#else
	movl	__pure_returns(%rip), %ecx
	cmpl	$RETURNS_LOST, %ecx
	jne	.Lnot_lost\@
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
.Lnot_lost\@:
	cmpl	$RETURNS_UNKNOWN, %ecx
	je	.Lfind\@
	ret
.Lfind\@:
	push_word %rax
	call	__pure_find_returns
	pop_word %rax
	ret
#endif
	.endm

/* The way of most calls, from where the arguments are in place.  */
	.macro	pass followed
	LOAD_THREAD
	movq	MARK, %rcx
	orq	FRAME, %rcx
	jne	.Lin_handler
	enter_kernel
	return	\followed
	.endm

	.text

#ifndef PURE_IN_RTLD
	/* pure_native_syscall, with the gateway's own arguments.  */
	public	pure_native_syscall
	if_by_vdso native, __pure_by_vdso
	jmp	__pure_gateway
	else_by_vdso native, __pure_by_vdso
	public_end pure_native_syscall

	/* pure_pass: entered as a handler is, with the number, the count, four
	   arguments in registers and two on the stack.  */
	public	pure_pass
	if_by_vdso pass, .Lby_vdso
	movq	%rdi, %rax
	movq	%rdx, %rdi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	movq	%r9, %r10
	movq	8(%rsp), %r8
	movq	16(%rsp), %r9
	movq	%r11, %rcx
	shrq	$OWN_SITE_BIT, %rcx
	cmpl	$1, %ecx
	je	.Lpass_own
	jmp	.Lpass
	else_by_vdso pass, .Lby_vdso
#ifdef PURE_IN_LIBC
.Lby_vdso:
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %rcx
	jmp	__pure_by_vdso
#endif
	public_end pure_pass
#endif

	.globl	__pure_gateway
	.hidden	__pure_gateway
	.type	__pure_gateway, @function
	.p2align 4
__pure_gateway:
	.cfi_startproc
	to_kernel_registers
.Lpass:
	pass	FOLLOWED
.Lpass_own:
	pass	FOLLOWED_OWN

.Lin_handler:
	cmpq	$0, FRAME
	jne	.Lin_thunk
.Lplain:
	cmpq	$NR_EXIT, %rax
	je	.Lexit
	push_thread
	enter_kernel
	pop_thread
	return	FOLLOWED

	/* The next thread to use this one's stack finds its words there too. */
.Lexit:
	movq	$0, MARK
	movq	$0, FRAME
	enter_kernel
	hlt

	/* Is it one of the calls that need more?  */
.Lin_thunk:
	cmpq	$NR_CLONE3, %rax
	je	.Lclone3
	cmpq	$NR_CLONE, %rax
	je	.Lclone
	cmpq	$NR_VFORK, %rax
	je	.Lshared_stack
	cmpq	$NR_RT_SIGRETURN, %rax
	je	.Lsigreturn
	cmpq	$NR_MUNMAP, %rax
	je	.Lunmap
	movq	FRAME, %rcx
	cmpq	FRAME_RAX(%rcx), %rax
	jne	.Lplain
	movq	FRAME_RESUME(%rcx), %rcx
	cmpb	$RET, (%rcx)
	jne	.Lplain
	push_thread
	/* As aligned as for any function: the signal may go on in one.  */
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	subq	$SYSCALL_SIZE, %rcx
	call	*%rcx
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	pop_thread
	ret

	/* Is it the stack that the site is on?  */
.Lunmap:
	movq	FRAME, %rdx
	leaq	FRAME_SITE_RSP(%rdx), %rdx
	movq	%rdx, %rcx
	subq	%rdi, %rcx
	jb	.Lplain
	cmpq	%rsi, %rcx
	jae	.Lplain
	jmp	__pure_unmap

	/* Nothing comes back from this one: what was the thread's before the
	   thunk is so again.  And since the stack below the site isn't kept any
	   longer, an unwinder finds the site next, with what it had in
	   registers.  */
.Lsigreturn:
	movq	FRAME, %rcx
	movq	FRAME_MARK(%rcx), %rdx
	movq	%rdx, MARK
	movq	FRAME_OUTER(%rcx), %rdx
	movq	%rdx, FRAME
	.cfi_remember_state
	.cfi_def_cfa %rcx, FRAME_SITE_RSP
	.cfi_rel_offset %rip, FRAME_RESUME
	.cfi_rel_offset %rbp, FRAME_RBP
	.cfi_rel_offset %rbx, FRAME_RBX
	.cfi_rel_offset %r12, FRAME_R12
	.cfi_rel_offset %r13, FRAME_R13
	.cfi_rel_offset %r14, FRAME_R14
	.cfi_rel_offset %r15, FRAME_R15
	load_reg FRAME_RBX(%rcx), %rbx
	load_reg FRAME_R12(%rcx), %r12
	load_reg FRAME_R13(%rcx), %r13
	load_reg FRAME_R14(%rcx), %r14
	load_reg FRAME_R15(%rcx), %r15
	load_reg FRAME_RBP(%rcx), %rbp
	movq	FRAME_RESUME(%rcx), %rdx
	.cfi_register %rip, %rdx
	leaq	FRAME_SITE_RSP(%rcx), %rsp
	.cfi_def_cfa %rsp, 0
	enter_kernel
	hlt
	.cfi_restore_state

	/* The arguments have to be there to be looked at; the kernel refuses
	   those that aren't.  */
.Lclone3:
	testq	%rdi, %rdi
	jz	.Lplain
	cmpq	$ARGS_SIZE_VER0, %rsi
	jb	.Lplain
	movq	ARGS_STACK(%rdi), %rcx
	testq	%rcx, %rcx
	jnz	.Lclone3_new_stack
	testl	$CLONE_VM, ARGS_FLAGS(%rdi)
	jz	.Lplain
	jmp	.Lshared_stack

.Lclone:
	movq	%rsi, %rcx
	testq	%rcx, %rcx
	jnz	.Lclone_new_stack
	testl	$CLONE_VM, %edi
	jz	.Lplain
	jmp	.Lshared_stack

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
	push_thread
	movq	FRAME_RESUME(%rbp), %rbx
	movq	%rbx, -8(%rcx)
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
	/* The state that the frame had may hold x87 values.  */
	emms
	pop_thread
	pop_callee_saved
	ret

	/* No frame is left that an unwinder could find, and nothing in memory
	   that is a register's.  */
.Lchild_on_new_stack:
	.cfi_undefined rip
	movq	-8(%rsp), %rcx
	jmp	*%rcx
	.cfi_endproc
	.size	__pure_gateway, . - __pure_gateway

	/* A child on this stack, in this memory: keep what is between here and
	   the site.  */
	.type	shared_stack, @function
shared_stack:
	.cfi_startproc
.Lshared_stack:
	push_callee_saved
	movq	FRAME, %rbp
	push_thread
	push_word %rdi
	push_word %rsi
	push_word %rdx
	push_word %r10
	push_word %r8
	push_word %r9
	push_word %rax

	/* Room for the copy: rbx, its size: r12.  */
	leaq	FRAME_SITE_RSP(%rbp), %r12
	subq	%rsp, %r12
	xorl	%edi, %edi
	movq	%r12, %rsi
	movl	$3, %edx
	movl	$0x22, %r10d
	movq	$-1, %r8
	xorl	%r9d, %r9d
	movl	$NR_MMAP, %eax
	enter_kernel
	cmpq	$-4095, %rax
	jae	.Lno_room
	movq	%rax, %rbx
	movq	%rax, %rdi
	movq	%rsp, %rsi
	movq	%r12, %rcx
	rep movsb

	movq	48(%rsp), %rdi
	movq	40(%rsp), %rsi
	movq	32(%rsp), %rdx
	movq	24(%rsp), %r10
	movq	16(%rsp), %r8
	movq	8(%rsp), %r9
	movq	(%rsp), %rax
	enter_kernel
	/* The parent, whose stack the child has used: until it's back, what an
	   unwinder would read there are no frames.  */
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
	addq	$56, %rsp
	.cfi_adjust_cfa_offset -56
	pop_thread
	pop_callee_saved
	ret

	/* The child leaves by the thunk, as if the handler had returned 0.  */
.Lchild_on_shared_stack:
	.cfi_restore_state
	clear_thread
	xorl	%ebx, %ebx
	jmp	__pure_thunk_return
	.cfi_endproc
	.size	shared_stack, . - shared_stack

	.globl	__pure_raw_gateway
	.hidden	__pure_raw_gateway
	.type	__pure_raw_gateway, @function
	.p2align 4
__pure_raw_gateway:
	.cfi_startproc
	to_kernel_registers
	/* The guards come here with the arguments moved.  */
	.globl	__pure_enter_kernel
	.hidden	__pure_enter_kernel
__pure_enter_kernel:
	enter_kernel
	/* What handlers return through: most pass most calls on.  GCC's name for
	   it, which a program may have too.  */
	.weak	__x86_return_thunk
	.hidden	__x86_return_thunk
__x86_return_thunk:
	return
	.cfi_endproc
	.size	__pure_raw_gateway, . - __pure_raw_gateway

	.section .note.GNU-stack, "", @progbits
