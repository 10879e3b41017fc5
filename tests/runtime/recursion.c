/* A site that a handler reaches itself is native, and the one after the
   handler is diverted again.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static int depth, deepest, calls;

static long
nested (long number, long nr, ...)
{
  (void) number, (void) nr;
  calls++;
  if (++depth > deepest)
    deepest = depth;
  long pid = site0 (SYS_getpid);
  depth--;
  return pid + 1;
}

int
main (void)
{
  pid_t pid = getpid ();

  for (int i = 1; i <= 3; i++)
    {
      __pure_syscall = nested;
      long answer = site0 (SYS_getpid);
      __pure_syscall = NULL;
      CHECK (answer == pid + 1);
      CHECK (calls == i && deepest == 1);
    }
  return 0;
}
