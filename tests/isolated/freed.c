/* A program that gives back all memory that its C library has, as mtrace and valgrind
   ask for it: what is the handler's stays.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "program.h"
#include <dlfcn.h>
#include <unistd.h>

extern void __libc_freeres (void);

int
main (void)
{
  /* Something of the program's own to be freed.  */
  CHECK (dlopen ("libm.so.6", RTLD_NOW) != NULL);
  puts ("freed");
  fflush (stdout);
  __libc_freeres ();
  CHECK (getppid () > 0);
  return 0;
}
