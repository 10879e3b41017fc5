/* The number of arguments of a system call whose site doesn't know it: a thunk's, and
   those in a C library through which any call goes (syscall (), cancellation).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_COUNTS_H
#define PURE_COUNTS_H 1

#include <abi/entry.h>

/* The table has room for so many numbers.  */
#define PURE_COUNTED	512

#ifdef __ASSEMBLER__

/* Let COUNT be that of the call whose number is in NUMBER, or the most there can be.
   COUNT and SCRATCH are 32-bit registers, WIDE is the second's whole.  */
	.macro	count_arguments number, count, scratch, wide
	movl	$PURE_MAX_ARGS, \count
	cmpq	$PURE_COUNTED, \number
	jae	.Lcounted\@
	leaq	__pure_unused(%rip), \wide
	movzbl	(\wide,\number), \scratch
	subl	\scratch, \count
.Lcounted\@:
	.endm

#endif /* __ASSEMBLER__ */
#endif /* counts.h */
