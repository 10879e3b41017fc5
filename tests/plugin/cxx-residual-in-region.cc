/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A residual site in a region of exceptions: nothing is left of what the plugin
   noted there.  (The compiler crashed, once.)  */
/* variants: -O0 | -O1 | -O2 | -O2 -fnon-call-exceptions */
#include "testing.h"

struct counted
{
  long *count;
  ~counted () { ++*count; }
};

__attribute__ ((noinline)) static long
residual (long *count, long a)
{
  counted one { count };
  long result;
  __asm__ volatile ("nop; syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
alone_in_try (long a)
{
  try
    {
      __asm__ volatile ("nop; syscall"
			: "+a" (a)
			: "D" (2L)
			: CLOBBERS);
      return a;
    }
  catch (int)
    {
      return -1;
    }
  catch (...)
    {
      throw;
    }
}

__attribute__ ((noinline)) static long
jumps (long *count, long a)
{
  counted one { count };
  asm goto ("syscall" : : "a" (FIRST_CALL + 2), "D" (a) : CLOBBERS : out);
  return 1;
out:
  return 2;
}

void
test ()
{
  long count = 0;

  answer = 3;
  check_equal (residual (&count, 1), 3);
  check_thunked_call (FIRST_CALL, 1, 1L);
  check_equal (alone_in_try (FIRST_CALL + 1), 3);
  check_thunked_call (FIRST_CALL + 1, 1, 2L);
  check_equal (jumps (&count, 3), 1);
  check_thunked_call (FIRST_CALL + 2, 1, 3L);
  check_equal (count, 2);
}
