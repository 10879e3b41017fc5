/* The thunk's frame, and what else the assembly files share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Offsets are from the thunk's rbp, which is the frame's address.  */

#ifndef PURE_FRAME_H
#define PURE_FRAME_H 1

#include <abi/entry.h>
#include <abi/record.h>
#include "asm.h"
#include "kernel.h"
#include "mark.h"
#include "xstate.h"

/* What the site had: pushed from above rbp down to it, stored below it.  */
#define FRAME_SITE_RSP	(24 + RED_ZONE)	/* where the site's rsp points */
#define FRAME_RFLAGS	16
#define FRAME_RESUME	8	/* the address after the instruction */
#define FRAME_RBP	0
#define FRAME_RDX	-8
#define FRAME_RSI	-16
#define FRAME_RDI	-24
#define FRAME_R8	-32
#define FRAME_R9	-40
#define FRAME_R10	-48
#define FRAME_RBX	-56
#define FRAME_R12	-64
#define FRAME_R13	-72
#define FRAME_R14	-80
#define FRAME_R15	-88
#define FRAME_RAX	-96
#define FRAME_OUTER	-104	/* the frame that was the thread's before */
#define FRAME_XSTATE	-112	/* where the rest of the state is saved */
#define FRAME_IN_USE	-120	/* XINUSE and PKRU, if moves saved it; or 0 */
#define FRAME_MXCSR	-128
#define FRAME_MARK	-136	/* the mark that was the thread's before */
#define FRAME_INSIDE	-144	/* whether it was in an isolated handler then */
#define FRAME_STACK	-152	/* and its stack for that one */
#define FRAME_SIZE	152

#ifdef __ASSEMBLER__

/* Move number and arguments of a C function to where the kernel takes them.  */
	.macro	to_kernel_registers
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	.endm

/* Enter the kernel.  The instruction is written in bytes, so that the prelude's
   macro of its name doesn't apply, and recorded as KIND.  */
	.macro	enter_kernel kind=PURE_KIND_GATEWAY
.Lpure_entry\@:
	.byte	0x0f, 0x05
	PURE_SITE_RECORD (.Lpure_entry\@, \kind)
	.endm

/* Load the state that was saved for the frame whose address is in BASE.  Destroys
   rax, rcx, rdx and r11.  */
	.macro	restore_xstate base
	movq	FRAME_XSTATE(\base), %r11
	cmpq	$0, FRAME_IN_USE(\base)
	je	.Lall\@
	read_in_use
	movq	FRAME_IN_USE(\base), %rcx
	movq	%rcx, %rdx
	notq	%rdx
	andq	%rax, %rdx
	jnz	.Linitial\@
.Lx87\@:
	testb	$XSTATE_X87, %cl
	jnz	.Lload_x87\@
.Lload\@:
	ldmxcsr	FRAME_MXCSR(\base)
	load_vectors %r11, %ecx
	jmp	.Ldone\@
.Lload_x87\@:
	fxrstor64 AREA_FXSAVE(%r11)
	jmp	.Lload\@
	/* Only the handler has used them.  */
.Linitial\@:
	movl	%edx, %eax
	shrq	$32, %rdx
	xrstor64 __pure_initial_xstate(%rip)
	jmp	.Lx87\@
.Lall\@:
	movl	$XSTATE_MASK_LOW, %eax
	movl	$XSTATE_MASK_HIGH, %edx
	cmpl	$XSTATE_FXSAVE, __pure_xstate_kind(%rip)
	je	.Lfxrstor\@
	xrstor64 (%r11)
	jmp	.Ldone\@
.Lfxrstor\@:
	fxrstor64 (%r11)
.Ldone\@:
	.endm

#else /* !__ASSEMBLER__ */

/* The frame that was the thread's before FRAME.  */
static inline unsigned long
pure_outer_frame (unsigned long frame)
{
  return *(unsigned long *) (frame & PURE_CANCELABLE ? frame - PURE_CANCELABLE
						     : frame + FRAME_OUTER);
}

#endif /* !__ASSEMBLER__ */
#endif /* frame.h */
