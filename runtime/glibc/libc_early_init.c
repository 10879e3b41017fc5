/* glibc's own early initialization of a libc.so.6 instance, preceded by the
   runtime's.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <libc-early-init.h>
#include <pure.h>

extern void __pure_start_instance (_Bool initial) attribute_hidden;
extern int __libc_mallopt (int, int);
libc_hidden_proto (__libc_mallopt);

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
    {
      /* malloc starts when it is first called, which is to be before there is a second
	 thread: pthread_create sees to that, by ld.so's malloc, which is the program's.
	 No option has this number.  */
      __libc_mallopt (0, 0);
      __pure_start_auditor ();
    }
#endif
}
