/* The thunk's sequences: what stands before a residual site, and before one in an
   assembly source.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Where nothing after the site can read the flags that were set before it,

	movq	POINTER@GOTPCREL(%rip), %rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk	the pointer is set
	syscall
     2:

   with the stub

	jmp	*__pure_thunk@GOTPCREL(%rip)

   and else, or where code may be far away, what changes no flag, but jumps on its way
   to the kernel:

	movq	POINTER@GOTPCREL(%rip), %rcx
	movq	(%rcx), %rcx
	jrcxz	1f			the pointer is NULL
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
     1:	syscall
     2:

   thunk.S says what they keep.  They are in bytes, so that they are the same in
   either syntax, and so that the instruction isn't again the macro that this is the
   body of.  */

#ifndef PURE_ABI_THUNK_H
#define PURE_ABI_THUNK_H 1

#include <abi/entry.h>
#include <abi/record.h>
#include <abi/x86_64/stub.h>

/* The sequences as statements of the assembler, with the site, at LABEL, and its
   record.  */
#define PURE_THUNKED_SITE_BY_STUB(pointer, label)			\
  .byte 0x48, 0x8b, 0x0d; .long pointer@GOTPCREL - 4;			\
  .byte 0x48, 0x83, 0x39, 0;						\
  .byte 0x48, 0x8d, 0x0d; .long 8;					\
  .byte 0x0f, 0x85; .long PURE_THUNK_STUB_SYMBOL - . - 4;		\
  label: .byte 0x0f, 0x05;						\
  PURE_SITE_RECORD (label, PURE_KIND_THUNK);				\
  PURE_STUB_BEGIN (PURE_THUNK_STUB_SYMBOL)				\
  .byte 0xff, 0x25; .long PURE_THUNK_SYMBOL@GOTPCREL - 4;		\
  PURE_STUB_END (PURE_THUNK_STUB_SYMBOL)

#define PURE_THUNKED_SITE(pointer, label)				\
  .byte 0x48, 0x8b, 0x0d; .long pointer@GOTPCREL - 4;			\
  .byte 0x48, 0x8b, 0x09;						\
  .byte 0xe3, 13;							\
  .byte 0x48, 0x8d, 0x0d; .long 8;					\
  .byte 0xff, 0x25; .long PURE_THUNK_SYMBOL@GOTPCREL - 4;		\
  label: .byte 0x0f, 0x05;						\
  PURE_SITE_RECORD (label, PURE_KIND_THUNK)

#endif /* thunk.h */
