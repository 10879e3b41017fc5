/* The functions of purecc.h that end in the gateway.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

	/* long pure_native_syscall (number, a1, a2, a3, a4, a5, a6)
	   The gateway's own arguments.  */
	public	pure_native_syscall
	if_special __pure_special
	to_kernel_registers
	jmp	__pure_gateway_pass
	endpublic pure_native_syscall

	/* long pure_pass (number, nr, a1, a2, a3, a4, a5, a6)
	   Entered as a handler is:
		rdi: number	rsi: nr
		rdx, rcx, r8, r9: a1 to a4
		rsp + 8: a5	rsp + 16: a6
		r11: bit PURE_OWN_SITE_BIT, a hint  */
	public	pure_pass
	if_special .Lpass_special
	movq	%rdi, %rax
	movq	%rdx, %rdi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	movq	%r9, %r10
	movq	8(%rsp), %r8
	movq	16(%rsp), %r9
	movq	%r11, %rcx
	shrq	$PURE_OWN_SITE_BIT, %rcx
	cmpl	$1, %ecx
	je	__pure_gateway_pass_own
	jmp	__pure_gateway_pass
	pass_special .Lpass_special
	endpublic pure_pass
