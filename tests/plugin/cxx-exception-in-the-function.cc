/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* An exception that the handler throws is caught in the function that the site
   stands in, and destructors there run, in each kind of region.  */
/* variants: -O0 | -O1 | -O2 | -O2 -fnon-call-exceptions | -O2 -flto */
#include "testing.h"

static int destroyed;

struct counted
{
  ~counted () { destroyed++; }
};

static long
throwing_handler (long number, long, ...)
{
  if (number & 1)
    throw number;
  return number;
}

#define SITE(number)                                                          \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" ((long) (number)), "D" (1L)                         \
		    : CLOBBERS)

__attribute__ ((noinline)) static long
in_try (long n)
{
  long result = 0;
  try
    {
      counted one;
      SITE (n);
    }
  catch (long number)
    {
      return -number;
    }
  return result;
}

__attribute__ ((noinline)) static long
in_handler (long n)
{
  long result = 0;
  try
    {
      counted one;
      try
	{
	  SITE (n);
	}
      catch (long)
	{
	  counted two;
	  SITE (n + 2);
	}
      SITE (n + 4);
    }
  catch (...)
    {
      return -2;
    }
  return result;
}

__attribute__ ((noinline)) static long
in_function_try_block (long n)
try
  {
    register long r10 __asm__ ("r10") = n;
    long result;
    __asm__ volatile ("syscall"
		      : "=a" (result)
		      : "0" (n), "D" (1L), "r" (r10)
		      : CLOBBERS);
    return result;
  }
catch (long)
  {
    return -3;
  }

__attribute__ ((noinline)) static long
in_a_loop (long n, int times)
{
  long sum = 0;
  for (int i = 0; i < times; i++)
    try
      {
	counted one;
	long result;
	SITE (n + i);
	if (i == 5)
	  break;
	sum += 1;
      }
    catch (long)
      {
	sum += 100;
	continue;
      }
  return sum;
}

void
test ()
{
  if (!handled)
    return;
  __pure_syscall = throwing_handler;
  destroyed = 0;
  check_equal (in_try (5000), 5000);
  check_equal (in_try (5001), -5001);
  check_equal (destroyed, 2);
  destroyed = 0;
  check_equal (in_handler (5000), 5004);
  check_equal (destroyed, 1);
  destroyed = 0;
  check_equal (in_handler (5001), -2);
  check_equal (destroyed, 2);
  check_equal (in_function_try_block (5001), -3);
  check_equal (in_function_try_block (5002), 5002);
  destroyed = 0;
  check_equal (in_a_loop (5000, 8), 404);
  check_equal (destroyed, 8);
  __pure_syscall = recording_handler;
}
