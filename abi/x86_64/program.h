/* Which programs are made for a pure glibc of this processor.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_ABI_PROGRAM_H
#define PURE_ABI_PROGRAM_H 1

#define PURE_MACHINE EM_X86_64
#define PURE_LOADER_NAME "ld-linux-x86-64.so.2"

#endif /* program.h */
