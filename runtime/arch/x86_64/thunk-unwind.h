/* What the thunk does when it is unwound; not in ld.so, which has no unwinder.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_THUNK_UNWIND_H
#define PURE_THUNK_UNWIND_H 1

/* How a pointer is encoded (LSB Core, DWARF extensions).  */
#define DW_EH_PE_PCREL_SDATA4		0x1b
#define DW_EH_PE_INDIRECT_PCREL_SDATA4	0x9b
#define DW_EH_PE_ULEB128		0x01
#define DW_EH_PE_OMIT			0xff

/* Between .cfi_startproc and the first instruction.  */
	.macro	thunk_personality
	.cfi_personality DW_EH_PE_INDIRECT_PCREL_SDATA4, DW.ref.__gcc_personality_v0
	.cfi_lsda DW_EH_PE_PCREL_SDATA4, .Llsda
	.endm

/* The landing pad, which finds the exception in rax: the thread gets back what it
   had.  */
	.macro	thunk_landing_pad
.Lunwound:
	movq	%rax, %rdi
	LOAD_THREAD
	movq	FRAME_MARK(%rbp), %rcx
	movq	%rcx, MARK
	movq	FRAME_OUTER(%rbp), %rcx
	movq	%rcx, FRAME
	andq	$-16, %rsp
	call	*_Unwind_Resume@GOTPCREL(%rip)
	hlt
	.endm

/* Control that is between FROM and TO goes to the landing pad.  */
	.macro	call_site from, to
	.uleb128 \from - PURE_THUNK_SYMBOL
	.uleb128 \to - \from
	.uleb128 .Lunwound - PURE_THUNK_SYMBOL
	.uleb128 0
	.endm

/* The table (Itanium C++ ABI, exception handling tables): no base, no types.  */
	.macro	thunk_tables
# ifdef PURE_WEAK_UNWINDER
	/* A program that has no unwinder needs none.  */
	.weak	_Unwind_Resume
	.weak	__gcc_personality_v0
# endif
	.section .gcc_except_table, "a", @progbits
.Llsda:
	.byte	DW_EH_PE_OMIT, DW_EH_PE_OMIT, DW_EH_PE_ULEB128
	.uleb128 .Lcall_sites_end - .Lcall_sites
.Lcall_sites:
	call_site .Lframe, .Lno_frame
	call_site .Lfind_xstate, .Lfar_end
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

#endif /* thunk-unwind.h */
