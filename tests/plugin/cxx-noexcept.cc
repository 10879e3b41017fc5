/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in a function that may not throw: it works, and an exception out of
   the handler ends the process.  */
/* variants: -O0 | -O2 */
#include "testing.h"

#include <cstdlib>
#include <exception>

static long
throwing_handler (long number, long, ...)
{
  throw number;
}

__attribute__ ((noinline)) static long
may_not_throw (long a) noexcept
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

static void
ended ()
{
  std::_Exit (test_result ());
}

void
test ()
{
  answer = 4;
  check_equal (may_not_throw (3), 4);
  check_call (FIRST_CALL, 1, 3L);
  if (!handled)
    return;
  std::set_terminate (ended);
  __pure_syscall = throwing_handler;
  try
    {
      may_not_throw (3);
    }
  catch (...)
    {
    }
  __pure_syscall = recording_handler;
  check (!"it came out of the function");
}
