/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in a coroutine, whose variables are in its frame.  */
/* flags: -std=c++20 */
/* variants: -O0 | -O2 */
#include "testing.h"

#include <coroutine>

struct generator
{
  struct promise_type
  {
    long value;

    generator
    get_return_object ()
    {
      return { std::coroutine_handle<promise_type>::from_promise (*this) };
    }
    std::suspend_always initial_suspend () { return {}; }
    std::suspend_always final_suspend () noexcept { return {}; }
    std::suspend_always
    yield_value (long x)
    {
      value = x;
      return {};
    }
    void return_void () {}
    void unhandled_exception () { throw; }
  };

  std::coroutine_handle<promise_type> handle;

  long
  next ()
  {
    handle.resume ();
    return handle.promise ().value;
  }
};

static generator
calls (long n)
{
  for (long i = 0; i < n; i++)
    {
      long result;
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL), "D" (i)
			: CLOBBERS);
      co_yield result + i;
      __asm__ volatile ("syscall"
			: "=a" (i)
			: "0" (FIRST_CALL + 1), "D" (i)
			: CLOBBERS);
    }
}

static long
throwing_handler (long number, long, ...)
{
  throw number;
}

void
test ()
{
  answer = 2;
  generator generator = calls (4);
  check_equal (generator.next (), 2);
  check_call (FIRST_CALL, 1, 0L);
  check_equal (generator.next (), 5);
  check_call (FIRST_CALL + 1, 1, 0L);
  check_call (FIRST_CALL, 1, 3L);
  if (handled)
    {
      long caught = 0;
      __pure_syscall = throwing_handler;
      try
	{
	  generator.next ();
	}
      catch (long number)
	{
	  caught = number;
	}
      __pure_syscall = recording_handler;
      check_equal (caught, FIRST_CALL + 1);
    }
  generator.handle.destroy ();
}
