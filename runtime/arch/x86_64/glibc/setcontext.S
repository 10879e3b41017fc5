/* setcontext, which may leave a handler.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep.h>
#include "pure-thread.h"
#include "ucontext_i.h"

#undef weak_alias
#define weak_alias(original, alias)
#define __setcontext __pure_stock_setcontext
#include <sysdeps/unix/sysv/linux/x86_64/setcontext.S>
#undef __setcontext

/* Tail-call the stock one.  */
ENTRY (__setcontext)
	movq	$0, %fs:PURE_ASKED_NUMBER
	movq	%fs:PURE_MARK_OFFSET, %rax
	orq	%fs:PURE_FRAME_OFFSET, %rax
	orq	%fs:PURE_INSIDE_OFFSET, %rax
	orq	%fs:PURE_STACK_OFFSET, %rax
	jz	__pure_stock_setcontext
	pushq	%rdi
	cfi_adjust_cfa_offset (8)
	movq	oRSP(%rdi), %rsi
	movq	%rsp, %rdi
	call	__pure_leave_context
	popq	%rdi
	cfi_adjust_cfa_offset (-8)
	jmp	__pure_stock_setcontext
END (__setcontext)

	.weak	setcontext
	.set	setcontext, __setcontext
