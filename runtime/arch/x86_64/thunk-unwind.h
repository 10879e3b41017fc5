/* What the thunk and the entry from sites do when they are unwound; not in ld.so,
   which has no unwinder.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_THUNK_UNWIND_H
#define PURE_THUNK_UNWIND_H 1

/* How a pointer is encoded (LSB Core, DWARF extensions).  */
#define DW_EH_PE_PCREL_SDATA4		0x1b
#define DW_EH_PE_INDIRECT_PCREL_SDATA4	0x9b
#define DW_EH_PE_ULEB128		0x01
#define DW_EH_PE_OMIT			0xff

/* Between .cfi_startproc and the first instruction: the function's table is at
   LSDA.  */
	.macro	unwind_personality lsda
	.cfi_personality DW_EH_PE_INDIRECT_PCREL_SDATA4, DW.ref.__gcc_personality_v0
	.cfi_lsda DW_EH_PE_PCREL_SDATA4, \lsda
	.endm

/* The end of a landing pad, which finds the exception in rax and has put it into
   rdi; the stack is aligned.  */
	.macro	resume_unwinding
	call	*_Unwind_Resume@GOTPCREL(%rip)
	hlt
	.endm

/* Control that is between FROM and TO in FUNCTION goes to PAD.  */
	.macro	call_site function, from, to, pad
	.uleb128 \from - \function
	.uleb128 \to - \from
	.uleb128 \pad - \function
	.uleb128 0
	.endm

	.macro	call_sites function, from, to, pad, others:vararg
	call_site \function, \from, \to, \pad
	.ifnb	\others
	call_sites \function, \others
	.endif
	.endm

/* FUNCTION's table (Itanium C++ ABI, exception handling tables), for RANGES, two labels
   and the pad each, in order: no base, no types.  */
	.macro	unwind_table lsda, function, ranges:vararg
# ifdef PURE_WEAK_UNWINDER
	/* A program that has no unwinder needs none.  */
	.weak	_Unwind_Resume
	.weak	__gcc_personality_v0
# endif
	.section .gcc_except_table, "a", @progbits
\lsda:
	.byte	DW_EH_PE_OMIT, DW_EH_PE_OMIT, DW_EH_PE_ULEB128
	.uleb128 .Lcall_sites_end - .Lcall_sites
.Lcall_sites:
	call_sites \function, \ranges
.Lcall_sites_end:

	.hidden	DW.ref.__gcc_personality_v0
	.weak	DW.ref.__gcc_personality_v0
	.section .data.rel.local.DW.ref.__gcc_personality_v0, "awG", @progbits, DW.ref.__gcc_personality_v0, comdat
	.p2align 3
	.type	DW.ref.__gcc_personality_v0, @object
	.size	DW.ref.__gcc_personality_v0, 8
DW.ref.__gcc_personality_v0:
	.quad	__gcc_personality_v0
	.text
	.endm

/* The thunk's.  The thread gets back what it had.  */
	.macro	thunk_personality
	unwind_personality .Lthunk_lsda
	.endm

	.macro	thunk_landing_pad
.Lunwound:
	movq	%rax, %rdi
	leaq	-FRAME_SIZE(%rbp), %rsp
	andq	$-16, %rsp
	LOAD_THREAD
	movq	FRAME_MARK(%rbp), %rcx
	movq	%rcx, MARK
	movq	FRAME_OUTER(%rbp), %rcx
	movq	%rcx, FRAME
	movq	%rbp, %rcx
	restore_inside %rcx
	resume_unwinding
	.endm

	.macro	thunk_tables
	unwind_table .Lthunk_lsda, PURE_THUNK_SYMBOL, \
		.Lframe, .Lno_frame, .Lunwound, \
		.Lfind_xstate, .Lfar_end, .Lunwound
	.endm

#endif /* thunk-unwind.h */
