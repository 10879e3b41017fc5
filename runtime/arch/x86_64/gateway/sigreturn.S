/* rt_sigreturn under a thunk's handler: it takes what the signal has interrupted
   from where the stack pointer points, at the site.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Nothing comes back from this one: the thread gets back what it had before the
   thunk.  The stack below the site isn't kept any longer, so an unwinder finds the
   site next, with what it had in registers.

   In the kernel:
	rax: number
	rbx, rbp, r12 to r15: the site's
	rdx: the address after the site
	rsp: the site's  */

	func	__pure_gateway_sigreturn, local, 0
	movq	FRAME, %rcx
	.cfi_def_cfa %rcx, FRAME_SITE_RSP
	.cfi_rel_offset %rip, FRAME_RESUME
	.cfi_rel_offset %rbp, FRAME_RBP
	.cfi_rel_offset %rbx, FRAME_RBX
	.cfi_rel_offset %r12, FRAME_R12
	.cfi_rel_offset %r13, FRAME_R13
	.cfi_rel_offset %r14, FRAME_R14
	.cfi_rel_offset %r15, FRAME_R15
	leaq	-FRAME_SIZE(%rcx), %rsp
	movq	FRAME_MARK(%rcx), %rdx
	movq	%rdx, MARK
	movq	FRAME_OUTER(%rcx), %rdx
	movq	%rdx, FRAME
	restore_inside %rcx
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
	endfunc	__pure_gateway_sigreturn
