/* What a site's own statement jumps to when the pointer is set, and the guards
   that are called.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Compiled code has, around a site,

	leaq	2f(%rip), %rcx
	cmpq	$0, __pure_syscall(%rip)
	jne	__pure_stub_WHAT
	syscall
     2:

   where the stub (abi/x86_64/stub.h) is

	movl	$WHAT, %r11d
	jmp	*__pure_site@GOTPCREL(%rip)

   and expects what the instruction does, but that it may destroy the flags, and
   the vector, mask and x87 registers.  All other registers but rax, rcx and
   r11 are kept, and so are the 128 bytes below the stack pointer.

   WHAT is what abi/entry.h says.

   In between it is a stack frame like any other: its caller's program counter is
   rcx, later a word on the stack, and its CFA is the site's stack pointer.

   Where the plugin can't have that, or is to be brief, it calls

	__pure_guardN (a1, ..., aN, number)

   which makes the call: a function like any other, and a site itself.  Its
   parameters follow the order of the kernel's arguments, which are nearly
   those of a C function, so that there is little to move.  */

#include "frame.h"

/* From rbp, up to the site's stack pointer:

	+ 16	the red zone, 128 bytes
	+ 8	rcx: the address to go on at
	+ 0	rbp
	- 8	rdi, rsi, rdx, r10, r8, r9
	- 56	the thread's stack for an isolated handler, where it may have one
	- 80	what a handler takes on the stack  */
#define SITE_RDI	-8
#define SITE_RSI	-16
#define SITE_RDX	-24
#define SITE_R10	-32
#define SITE_R8		-40
#define SITE_R9		-48
#define SITE_STACK	-56

#include "pure-hooks.h"

#define WHAT_SIGNED(i)	(1 << PURE_WHAT_SIGNED_BIT (i))
#define WHAT_UNSIGNED(i) (1 << PURE_WHAT_UNSIGNED_BIT (i))
/* Any of these bits; any but those of the first four arguments as ints.  */
#define WHAT_EXTENDED	(WHAT_UNSIGNED (PURE_MAX_ARGS + 1) - WHAT_SIGNED (0))
#define WHAT_RARELY	(WHAT_UNSIGNED (PURE_MAX_ARGS + 1) - WHAT_SIGNED (4))
	.if	PURE_WHAT_SIGNED_BIT (PURE_MAX_ARGS + 1) != PURE_WHAT_UNSIGNED_BIT (0)
	.error	"WHAT_EXTENDED, WHAT_RARELY"
	.endif

/* So many arguments and the number and the count are passed in registers.  If
   WHAT is no more than that, there are no ints either.  */
#define FEW		4

/* Move what is in the registers of a `syscall' to where the handler takes it:
   number, nr, a1, a2, a3, a4.  */
	.macro	move_arguments
	movq	%r10, %r9
	movq	%rdx, %r8
	movq	%rsi, %rcx
	movq	%rdi, %rdx
	movl	%r11d, %esi
	movq	%rax, %rdi
	.endm

	.text
	.p2align 4
	own_site_entry
	.cfi_startproc
	site_personality
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	own_site_mark
	/* Protected, so that the linker lets the sites of libc.so jump here
	   directly, and none of its relocations looks for it.  */
	entry	PURE_SITE_SYMBOL, protected
.Lsite:
	hand_over __pure_libc_site
	leaq	-RED_ZONE(%rsp), %rsp
	.cfi_adjust_cfa_offset RED_ZONE
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rip, 0
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%r10
	pushq	%r8
	pushq	%r9
	site_stack
	andq	$-16, %rsp
	cmpl	$FEW, %r11d
	ja	.Lnot_plain
.Lplain:
	move_arguments
	call_handler .Ldispatch
.Lanswered:
	if_site_errno

.Lback:
	movq	SITE_RDI(%rbp), %rdi
	movq	SITE_RSI(%rbp), %rsi
	movq	SITE_RDX(%rbp), %rdx
	movq	SITE_R10(%rbp), %r10
	movq	SITE_R8(%rbp), %r8
	movq	SITE_R9(%rbp), %r9
	.cfi_remember_state
	movq	%rbp, %rsp
	.cfi_def_cfa_register %rsp
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbp
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	leaq	RED_ZONE(%rsp), %rsp
	.cfi_adjust_cfa_offset -RED_ZONE
	jmp	*%rcx
	.cfi_restore_state

	/* All other cases: guard.c.  The two words on the stack are a5 and a6, or
	   anything, if there are none.  */
.Ldispatch:
	pushq	8(%rsp)
	pushq	8(%rsp)
	call	__pure_dispatch
	jmp	.Lback

	/* There are a5 and a6, or ints.  */
.Lnot_plain:
	testl	$WHAT_EXTENDED, %r11d
	jnz	.Lextend
.Lextended:
	andl	$PURE_WHAT_COUNT, %r11d
	cmpl	$FEW, %r11d
	jbe	.Lplain
	pushq	%r9
	pushq	%r8
	move_arguments
	call_handler .Ldispatch, .Lanswered
	site_errno .Lback

	/* Values of ints, those of arguments that often are such first; rcx has
	   been pushed.  */
	.macro	extend_signed index, half, whole
	movslq	\half, %rcx
	testl	$WHAT_SIGNED (\index), %r11d
	cmovnzq	%rcx, \whole
	.endm
	.macro	extend_unsigned index, half, whole
	movl	\half, %ecx
	testl	$WHAT_UNSIGNED (\index), %r11d
	cmovnzq	%rcx, \whole
	.endm
.Lextend:
	extend_signed	0, %edi, %rdi
	extend_signed	1, %esi, %rsi
	extend_signed	2, %edx, %rdx
	extend_signed	3, %r10d, %r10
	testl	$WHAT_RARELY, %r11d
	jz	.Lextended
	extend_signed	4, %r8d, %r8
	extend_signed	5, %r9d, %r9
	extend_signed	6, %eax, %rax
	extend_unsigned	0, %edi, %rdi
	extend_unsigned	1, %esi, %rsi
	extend_unsigned	2, %edx, %rdx
	extend_unsigned	3, %r10d, %r10
	extend_unsigned	4, %r8d, %r8
	extend_unsigned	5, %r9d, %r9
	extend_unsigned	6, %eax, %rax
	jmp	.Lextended
	site_landing_pad
	endfunc	PURE_SITE_SYMBOL
	site_tables

	/* Enter the kernel, with all as for that, and return, unless the pointer is
	   set: then go to TARGET.  No jump is taken on the way.  */
	.macro	native_or target
	load_pointer_address
	cmpq	$0, (%rcx)
	jne	\target
	native
	.endm

	/* As a site, with its registers and r11.  */
	.macro	guarded
	leaq	.Lguarded\@(%rip), %rcx
	jmp	.Lsite
.Lguarded\@:
	jmp	__x86_return_thunk
	.endm

	.macro	guard nr, number:vararg
	func	PURE_GUARD_SYMBOL\nr, protected
	movq	\number, %rax
	.if	\nr > 3
	movq	%rcx, %r10
	.endif
	native_or .Lset\@
.Lset\@:
	movl	$\nr, %r11d
	guarded
	endfunc	PURE_GUARD_SYMBOL\nr
	.endm

	guard	0, %rdi
	guard	1, %rsi
	guard	2, %rdx
	guard	3, %rcx
	guard	4, %r8
	guard	5, %r9
	guard	6, 8(%rsp)
	counted_guard
	own_stack_function

	.section .note.GNU-stack, "", @progbits
