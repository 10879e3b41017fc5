/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* An exception that the handler throws goes through the guard, the function
   with the site and its callers, whose destructors run.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -O2 -fnon-call-exceptions | -O2 -flto */
/* variants: -O2 -fPIC */
#include "testing.h"

struct thrown
{
  long number;
};

static int destroyed;

struct counted
{
  ~counted () { destroyed++; }
};

static long
throwing_handler (long number, long, ...)
{
  throw thrown { number };
}

static inline long
site (long n, long a)
{
  register long r10 __asm__ ("r10") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (n), "D" (a), "r" (r10)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
inner (long n)
{
  counted one;
  return site (n, 1);
}

__attribute__ ((noinline)) static long
outer (long n)
{
  counted one, two;
  return inner (n) + 1;
}

void
test ()
{
  if (!handled)
    return;
  __pure_syscall = throwing_handler;
  destroyed = 0;
  long caught = 0;
  try
    {
      outer (FIRST_CALL);
    }
  catch (const thrown &t)
    {
      caught = t.number;
    }
  __pure_syscall = recording_handler;
  check_equal (caught, FIRST_CALL);
  check_equal (destroyed, 3);
}
