// A C++ exception goes from a handler through the guard to the code that made
// the call, and the next call is diverted again.
//
// SPDX-License-Identifier: GPL-3.0-or-later

#include <purecc.h>
#include <sys/syscall.h>
#include "check.h"

static int calls;

static long
thrower (long number, long, ...)
{
  if (++calls % 2)
    throw number;
  return 4711;
}

struct counts
{
  int *n;
  ~counts () { ++*n; }
};

int
main ()
{
  int destroyed = 0;

  for (int i = 0; i < 3; i++)
    {
      bool caught = false;
      __pure_syscall = thrower;
      try
	{
	  counts c = { &destroyed };
	  site0 (SYS_getpid);
	}
      catch (long number)
	{
	  caught = number == SYS_getpid;
	}
      long after = site0 (SYS_getpid);
      __pure_syscall = NULL;
      CHECK (caught && after == 4711);
      CHECK (destroyed == i + 1);
    }
  return 0;
}
