/* Where libc.so.6's and libc.a's runtime differs: pure-hooks.h.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "returns.h"
#include "thunk-unwind.h"

/* ---- calling an isolated handler without a C function in between ---- */

/* Call an isolated handler, whose arguments are in place, if the thread's mark,
   and its word WORD if there is one, are 0, and the handler's errno is: then
   nothing has to be set aside, and nothing taken back when the handler is unwound.
   In all other cases go to OTHERWISE.  r11 is kept, for the gateway.  */
	.macro	call_isolated otherwise, word:vararg
	movq	__pure_syscall@GOTPCREL(%rip), %r10
	movq	(%r10), %r10
	cmpq	PURE_ISOLATED_HANDLER + __pure_isolated_handler(%rip), %r10
	jne	\otherwise
	.ifb	\word
	cmpq	$0, MARK
	.else
	movq	MARK, %rax
	orq	\word, %rax
	.endif
	jnz	\otherwise
	movq	PURE_ISOLATED_ERRNO + __pure_isolated_handler(%rip), %rax
	cmpl	$0, %fs:(%rax)
	jne	\otherwise
	xorl	%eax, %eax
	call	*%r10
	.endm

/* Go to ERROR, with r11 saying where errno is, if that handler has set it.  */
	.macro	if_errno error
	movq	PURE_ISOLATED_ERRNO + __pure_isolated_handler(%rip), %r11
	cmpl	$0, %fs:(%r11)
	jne	\error
	.endm

/* There: -1 with errno set is the error that errno says.  Destroys rdx.  */
	.macro	take_errno
	movslq	%fs:(%r11), %rdx
	movl	$0, %fs:(%r11)
	negq	%rdx
	cmpq	$-1, %rax
	cmovzq	%rdx, %rax
	.endm

/* ---- the entry from sites ---- */

	.macro	load_pointer_address
	movq	__pure_syscall@GOTPCREL(%rip), %rcx
	.endm

/* Of the instruction that a site of the program's own has before the rest.  */
#define OWN_SITE_SIZE	5

/* For sites of the program's own, by libpurecc: right before the other entry,
   which it goes on to.  */
	.macro	own_site_entry
	.skip	16 - OWN_SITE_SIZE, INT3
	entry	__pure_libc_site, global
	.endm

	.macro	own_site_mark
	btsq	$PURE_OWN_SITE_BIT, %r11
	endentry __pure_libc_site
	.if	. - __pure_libc_site - OWN_SITE_SIZE
	.error	"OWN_SITE_SIZE"
	.endif
	.endm

	.macro	call_handler dispatch, answered
	call_isolated \dispatch, FRAME
	.ifnb	\answered
	jmp	\answered
	.endif
	.endm

	.macro	if_site_errno
	if_errno .Lsite_errno
	.endm

	.macro	site_errno back
.Lsite_errno:
	take_errno
	jmp	\back
	.endm

/* ---- the thunk ---- */

	.macro	call_handler_of_thunk
	call_isolated .Lguard
	if_errno .Lthunk_errno
	.endm

	.macro	thunk_otherwise answered
.Lguard:
	call	__pure_thunk_guard
	jmp	\answered

.Lthunk_errno:
	take_errno
	jmp	\answered
	.endm

	.macro	thunk_alias
	.globl	__pure_libc_thunk
	.set	__pure_libc_thunk, PURE_THUNK_SYMBOL
	.endm

/* ---- the functions of purecc.h ---- */

/* A C library defines it by a name of its own, of which the public one is a weak
   alias.  */
	.macro	public name
	func	__\name, global
	.endm

	.macro	endpublic name
	endfunc	__\name
	.weak	\name
	.set	\name, __\name
	.endm

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

/* Where pure_pass goes for these, with a handler's arguments.  */
	.macro	pass_by_vdso
.Lby_vdso:
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %rcx
	jmp	__pure_by_vdso
	.endm
