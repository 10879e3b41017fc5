/* What a site refers to in the runtime, and what it hands over.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The names are macros that stand for them: assembly has them as they are, C as
   PURE_TEXT (NAME).  */

#ifndef PURE_ABI_ENTRY_H
#define PURE_ABI_ENTRY_H 1

/* The pointer (purecc.h).  */
#define PURE_POINTER_SYMBOL __pure_syscall

/* A word of libc's that has the pointer's address, for syscall ().  */
#define PURE_TESTED_SYMBOL __pure_tested

/* What a site's own statement jumps to when the pointer is set, with the
   registers of the instruction, the address to go on at in rcx, and in r11 what
   is below.  */
#define PURE_SITE_SYMBOL __pure_site

/* What a residual site jumps to, in the same way, but without r11.  */
#define PURE_THUNK_SYMBOL __pure_thunk

/* The stubs by which they jump there (abi/x86_64/stub.h): to __pure_site, with WHAT
   appended, and to the thunk.  */
#define PURE_STUB_SYMBOL __pure_stub_
#define PURE_THUNK_STUB_SYMBOL __pure_stub_thunk

/* The guards that are called, with the number of arguments appended:
   long __pure_guardN (long a1, ..., long aN, long number).  */
#define PURE_GUARD_SYMBOL __pure_guard

/* The functions from which the kernel is entered; the thunk is one more, and so is
   pure_pass, which a C library has by another name, too.  */
#define PURE_GATEWAY_SYMBOL __pure_gateway
#define PURE_RAW_GATEWAY_SYMBOL __pure_raw_gateway
#define PURE_PASS_SYMBOL pure_pass
#define PURE_LIBC_PASS_SYMBOL __pure_pass

/* The most arguments that a system call has.  */
#define PURE_MAX_ARGS 6

/* In r11: the number of arguments, and two bits for each of them, and for the
   number, which is item PURE_MAX_ARGS.  A bit says that the item is an int, or
   an unsigned int: only the lower half of its register has a meaning, and the
   handler is to get the value.  */
#define PURE_WHAT_COUNT 7
#define PURE_WHAT_SIGNED_BIT(item) (3 + (item))
#define PURE_WHAT_UNSIGNED_BIT(item) (10 + (item))

/* The runtime's own, in the upper half of r11 when a handler is called: by a
   site of the program's own.  Only a hint to the gateway, as far as the handler
   keeps r11.  */
#define PURE_OWN_SITE_BIT 32

#endif /* entry.h */
