/* glibc's own early initialization of a libc.so.6 instance, preceded by the
   runtime's.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <libc-early-init.h>
#include <pure.h>

extern void __pure_start_instance (_Bool initial) attribute_hidden;

static void stock_early_init (_Bool initial);

#define __libc_early_init stock_early_init
#include <elf/libc_early_init.c>
#undef __libc_early_init

void
__libc_early_init (_Bool initial)
{
  __pure_start_instance (initial);
  stock_early_init (initial);
#ifdef SHARED
  if (__pure_auditor)
    __pure_start_auditor ();
#endif
}
