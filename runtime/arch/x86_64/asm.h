/* What the assembly files share: functions, and call frame information that
   follows what is pushed and popped.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_ASM_H
#define PURE_ASM_H 1

/* Below the stack pointer: a leaf function's own (psABI, 3.2.2).  */
#define RED_ZONE	128

/* An instruction's code.  */
#define INT3		0xcc
#define RET		0xc3
#define SYSCALL_SIZE	2

#ifdef __ASSEMBLER__

/* NAME is entered from elsewhere, and ends at endentry.  SCOPE: local is for this
   object file, hidden for what it is linked into, protected and global are
   exported, the first not to be replaced by another.  */
	.macro	entry name, scope=local
	.ifnc	\scope, local
	.globl	\name
	.ifnc	\scope, global
	.\scope	\name
	.endif
	.endif
	.type	\name, @function
\name:
	.endm

	.macro	endentry name
	.size	\name, . - \name
	.endm

/* A function, with call frame information of its own.  What starts like this one
   has the return address at the stack pointer.  */
	.macro	func name, scope=local, align=4
	.p2align \align
	entry	\name, \scope
	.cfi_startproc
	.endm

	.macro	endfunc name
	.cfi_endproc
	endentry \name
	.endm

/* For `.cfi_escape': DWARF 5, 7.7 and 7.24, and a signed number in two bytes.  */
#define DW_CFA_def_cfa_expression 0x0f
#define DW_OP_deref	0x06
#define DW_OP_and	0x1a
#define DW_OP_minus	0x1c
#define DW_OP_mul	0x1e
#define DW_OP_plus	0x22
#define DW_OP_plus_uconst 0x23
#define DW_OP_lit1	0x31
#define DW_OP_breg7	0x77
#define LEB128(number)	((number) & 127) | 128, (number) >> 7

/* Push REG, which is the caller's, and say where it is.  */
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

/* Load REG with what the caller had in it.  */
	.macro	load_reg from, reg
	movq	\from, \reg
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

#define CALLEE_SAVED_SIZE (6 * 8)

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

#endif /* __ASSEMBLER__ */
#endif /* asm.h */
