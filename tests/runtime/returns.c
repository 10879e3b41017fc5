/* However the runtime returns from the kernel (returns.c there), functions some
   levels deep go on with what they had: by `ret', by a jump with addresses given
   to the processor for those that follow, and while it isn't known yet which.  A
   static program has the runtime's variable to say so; others return as the
   processor wants it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../../runtime/arch/x86_64/returns.h"
#include "check.h"

enum { DEPTH = 40 };

static pid_t pid;

/* Passes on by a call that isn't its last, in a frame of its own.  */
static long
pass_inside (long number, long nr, ...)
{
  volatile char used[64];
  (void) nr;
  used[0] = 1;
  long result = pure_native_syscall (number, 0, 0, 0, 0, 0, 0);
  return used[0] == 1 ? result : -1;
}

/* The sum of LEVEL and those below, with a call at each on the way down and
   another on the way up.  */
static __attribute__ ((__noinline__, __noclone__)) long
descend (long level)
{
  volatile long kept[3] = { level, level + 1, level + 2 };

  CHECK (site0 (SYS_getpid) == pid);
  long below = level > 0 ? descend (level - 1) : 0;
  CHECK (site3 (SYS_getpid, 1, 2, 3) == pid);
  CHECK (site6 (SYS_getpid, 1, 2, 3, 4, 5, 6) == pid);
  CHECK (kept[0] == level && kept[1] == level + 1 && kept[2] == level + 2);
  return below + kept[0];
}

static void
try_handlers (void)
{
  static void *const handlers[]
    = { NULL, (void *) pure_pass, (void *) pass_inside };

  for (unsigned int i = 0; i < sizeof handlers / sizeof *handlers; i++)
    {
      __pure_syscall = (pure_handler_t) handlers[i];
      CHECK (descend (DEPTH) == DEPTH * (DEPTH + 1) / 2);
      CHECK (pure_native_syscall (SYS_getpid, 0, 0, 0, 0, 0, 0) == pid);
      CHECK (pure_pass (SYS_getpid, 0, 0, 0, 0, 0, 0, 0) == pid);
    }
  __pure_syscall = NULL;
}

int
main (void)
{
  pid = getpid ();
  try_handlers ();
#ifdef STATIC
  extern int __pure_returns __attribute__ ((__visibility__ ("hidden")));
  static const int kinds[] = { RETURNS_KNOWN, RETURNS_LOST, RETURNS_UNKNOWN };
  for (unsigned int i = 0; i < sizeof kinds / sizeof *kinds; i++)
    {
      __pure_returns = kinds[i];
      try_handlers ();
      int after = __pure_returns;
      CHECK (kinds[i] == RETURNS_UNKNOWN ? after != RETURNS_UNKNOWN
					 : after == kinds[i]);
    }
#endif
  return 0;
}
