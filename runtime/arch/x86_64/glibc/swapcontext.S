/* swapcontext, which may leave a handler.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep.h>
#include "pure-thread.h"
#include "ucontext_i.h"

#undef weak_alias
#define weak_alias(original, alias)
#define __swapcontext __pure_stock_swapcontext
#include <sysdeps/unix/sysv/linux/x86_64/swapcontext.S>
#undef __swapcontext

/* Tail-call the stock one.  */
ENTRY (__swapcontext)
	movq	$0, %fs:PURE_ASKED_NUMBER
	movq	%fs:PURE_MARK_OFFSET, %rax
	orq	%fs:PURE_FRAME_OFFSET, %rax
	orq	%fs:PURE_INSIDE_OFFSET, %rax
	orq	%fs:PURE_STACK_OFFSET, %rax
	jz	__pure_stock_swapcontext
	pushq	%rdi
	cfi_adjust_cfa_offset (8)
	pushq	%rsi
	cfi_adjust_cfa_offset (8)
	subq	$8, %rsp
	cfi_adjust_cfa_offset (8)
	movq	oRSP(%rsi), %rsi
	movq	%rsp, %rdi
	call	__pure_leave_context
	addq	$8, %rsp
	cfi_adjust_cfa_offset (-8)
	popq	%rsi
	cfi_adjust_cfa_offset (-8)
	popq	%rdi
	cfi_adjust_cfa_offset (-8)
	jmp	__pure_stock_swapcontext
END (__swapcontext)

	.weak	swapcontext
	.set	swapcontext, __swapcontext
