/* The pointer.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The name without underscores is a weak alias: in libc.a a strong one would
   take a name that ISO C leaves to the program, and a copy relocation of
   __pure_syscall takes its weak alias along, as that of environ does.  */

#include "pure.h"

pure_handler_t PURE_POINTER_SYMBOL;
#undef pure_syscall
extern pure_handler_t pure_syscall
  __attribute__ ((__weak__, __alias__ ("__pure_syscall")));
