/* The thunk's sequence: what stands before a residual site, and before one in an
   assembly source.

   SPDX-License-Identifier: LGPL-2.1-or-later

	movq	POINTER@GOTPCREL(%rip), %rcx
	movq	(%rcx), %rcx
	jrcxz	1f			the pointer is NULL
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
     1:	syscall
     2:

   thunk.S says what it keeps.  It is in bytes, so that it is the same in either
   syntax, and so that the instruction isn't again the macro that this is the
   body of.  */

#ifndef PURE_ABI_THUNK_H
#define PURE_ABI_THUNK_H 1

#include <abi/entry.h>
#include <abi/record.h>

/* The sequence as statements of the assembler, with the site, at LABEL, and its
   record.  */
#define PURE_THUNKED_SITE(pointer, label)				\
  .byte 0x48, 0x8b, 0x0d; .long pointer@GOTPCREL - 4;			\
  .byte 0x48, 0x8b, 0x09;						\
  .byte 0xe3, 13;							\
  .byte 0x48, 0x8d, 0x0d; .long 8;					\
  .byte 0xff, 0x25; .long PURE_THUNK_SYMBOL@GOTPCREL - 4;		\
  label: .byte 0x0f, 0x05;						\
  PURE_SITE_RECORD (label, PURE_KIND_THUNK)

#endif /* thunk.h */
