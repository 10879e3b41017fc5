/* What the kernel calls in place of a function of the program's for a signal
   (pure-signal.c): it goes on to that as if it weren't there, or returns.

   SPDX-License-Identifier: LGPL-2.1-or-later

	edi: the signal's number  rsi: siginfo_t  rdx: ucontext_t  */

#include "asm.h"

	.text
	func	__pure_on_signal, hidden
	push_word %rdi
	push_word %rsi
	push_word %rdx
	call	__pure_signal
	pop_word %rdx
	pop_word %rsi
	pop_word %rdi
	testq	%rax, %rax
	jz	.Lreturn
	jmp	*%rax
.Lreturn:
	ret
	endfunc	__pure_on_signal

	.section .note.GNU-stack, "", @progbits
