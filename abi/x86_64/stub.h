/* The stubs: what a site jumps to when the pointer is set, with the address to go
   on at in rcx.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A stub is in a section of its own, in a group, so that a program has each once;
   an object has those that its sites jump to.  Its name is hidden.  It hasn't been
   called: its caller's program counter is rcx, and its CFA is the site's stack
   pointer, which also debuggers have it go by.  */

#ifndef PURE_ABI_STUB_H
#define PURE_ABI_STUB_H 1

#include <abi/entry.h>

/* Statements of the assembler before and after the instructions of the stub that is
   named NAME.  The numbers are those of rsp, rip and rcx, and their names are not
   the same in both syntaxes.  */
#define PURE_STUB_BEGIN(name)						\
  .ifndef name;								\
  .pushsection .text.unlikely.name, "axG", @progbits, name, comdat;	\
  .weak name; .hidden name; .type name, @function;			\
  name: .cfi_startproc; .cfi_def_cfa 7, 0; .cfi_register 16, 2;
#define PURE_STUB_END(name)						\
  .cfi_endproc; .size name, . - name;					\
  .popsection; .endif

#endif /* stub.h */
