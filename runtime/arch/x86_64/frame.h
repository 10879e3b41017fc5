/* The thunk's frame, and other things that the assembly files share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Offsets are from the thunk's rbp, which is the frame's address.  */

#ifndef PURE_FRAME_H
#define PURE_FRAME_H 1

#include "mark.h"
#include "xstate.h"

/* What the site had: above rbp as pushed first, below it after.  */
#define FRAME_SITE_RSP	152	/* not stored: where the site's rsp points */
#define FRAME_RFLAGS	16
#define FRAME_RESUME	8	/* the address behind the instruction */
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
#define FRAME_SIZE	144

/* Does the CPU know where functions return to, after the kernel has been left?
   __pure_returns.  */
#define RETURNS_UNKNOWN	0
#define RETURNS_KNOWN	1
#define RETURNS_LOST	2

/* In struct pure_process.  */
#define PROCESS_POINTER	0
#define PROCESS_EARLY	8

/* In struct pure_isolated.  */
#define ISOLATED_HANDLER 0
#define ISOLATED_ERRNO	8

/* A system call that both thunk and gateway have to know.  */
#define NR_EXIT		60

/* In the upper half of r11 when a handler is called: by a site of the program's
   own.  Only a hint to the gateway, as far as the handler keeps r11.  */
#define OWN_SITE_BIT	32

/* The kinds of site that the section purecc_sites tells.  */
#define SITE_GUARDED	1
#define SITE_THUNK	2
#define SITE_GATEWAY	3

#ifdef __ASSEMBLER__

/* Where the mark and the frame are: operands of instructions.  In libpurecc
   their address has to be loaded first, into r11, which the kernel
   destroys.  */
# if defined PURE_IN_LIBC || defined PURE_IN_RTLD
#  define LOAD_THREAD
#  define MARK %fs:PURE_MARK_OFFSET
#  define FRAME %fs:PURE_FRAME_OFFSET
# else
#  define LOAD_THREAD movq __pure_thread@GOTTPOFF(%rip), %r11
#  define MARK %fs:(%r11)
#  define FRAME %fs:8(%r11)
# endif

/* Jump to pure glibc's NAME where the process has a pure glibc: its in-handler
   mark is then the only one, so that a handler's calls are native whichever
   library's guard they meet.  */
# if !defined PURE_IN_LIBC && !defined PURE_IN_RTLD
	.macro	to_libc name
	.weak	\name
	cmpq	$0, \name\()@GOTPCREL(%rip)
	je	.Lown\@
	jmp	*\name\()@GOTPCREL(%rip)
.Lown\@:
	.endm
# endif

# ifdef PURE_IN_LIBC
/* Call an isolated handler, whose arguments are in place, if the thread's mark,
   and the word WORD of it if there is one, are 0, and the handler's errno is:
   then there is nothing to set aside, and nothing to take back when the handler
   is unwound.  In all other cases go to OTHERWISE.  r11 is kept, for the
   gateway.  */
	.macro	call_isolated otherwise, word:vararg
	movq	__pure_syscall@GOTPCREL(%rip), %r10
	movq	(%r10), %r10
	cmpq	ISOLATED_HANDLER + __pure_isolated_handler(%rip), %r10
	jne	\otherwise
	.ifb	\word
	cmpq	$0, MARK
	.else
	movq	MARK, %rax
	orq	\word, %rax
	.endif
	jnz	\otherwise
	movq	ISOLATED_ERRNO + __pure_isolated_handler(%rip), %rax
	cmpl	$0, %fs:(%rax)
	jne	\otherwise
	xorl	%eax, %eax
	call	*%r10
	.endm

/* Go to ERROR, with r11 saying where errno is, if that handler has set it.  */
	.macro	if_errno error
	movq	ISOLATED_ERRNO + __pure_isolated_handler(%rip), %r11
	cmpl	$0, %fs:(%r11)
	jne	\error
	.endm

/* There: -1 with errno set is the error that errno tells.  Destroys rdx.  */
	.macro	take_errno
	movslq	%fs:(%r11), %rdx
	movl	$0, %fs:(%r11)
	negq	%rdx
	cmpq	$-1, %rax
	cmovzq	%rdx, %rax
	.endm
# endif

/* Number and arguments of a C function, to where the kernel takes them.  */
	.macro	to_kernel_registers
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	.endm

/* Enter the kernel.  Written in bytes, so that the macro that guards the
   instruction in assembly sources doesn't apply, and recorded as KIND.  */
	.macro	enter_kernel kind=SITE_GATEWAY
.Lpure_entry\@:
	.byte	0x0f, 0x05
	.pushsection purecc_sites, "o", @progbits, .Lpure_entry\@
	.quad	.Lpure_entry\@
	.long	\kind, 0
	.popsection
	.endm

/* Load the state that the frame whose address is in BASE has saved.  Destroys
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

#endif /* __ASSEMBLER__ */
#endif /* frame.h */
