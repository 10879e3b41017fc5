/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in functions with frames of every kind: with alloca and arrays of
   variable length, with variable arguments, that keep values below the stack
   pointer, return large structures, never return, have another calling
   convention, or are compiled for several CPUs.  */
/* flags: -std=gnu11 */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

#include <alloca.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#define SITE(number, a)                                                       \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (number), "D" (a)                                   \
		    : CLOBBERS)

__attribute__ ((noinline)) static long
allocates (int n)
{
  long result, count = 0;
  char *p = alloca (n);
  memset (p, 'x', n);
  SITE (FIRST_CALL, p);
  check_call (FIRST_CALL, 1, p);
  for (int i = 0; i < n; i++)
    count += p[i] == 'x';
  return count + result;
}

__attribute__ ((noinline)) static long
variable_arguments (int n, ...)
{
  long result, sum = 0;
  double weight = 0;
  va_list list;
  va_start (list, n);
  for (int i = 0; i < n; i++)
    {
      weight += va_arg (list, double);
      SITE (FIRST_CALL + 1, va_arg (list, long));
      check_call (FIRST_CALL + 1, 1, (long) i);
      sum += result;
    }
  va_end (list);
  return sum + (long) weight;
}

__attribute__ ((noinline)) static long
leaf (const long *v)
{
  volatile long list[10];
  long result;
  for (int i = 0; i < 10; i++)
    list[i] = v[i];
  SITE (FIRST_CALL + 2, list[3]);
  for (int i = 0; i < 10; i++)
    result += list[i];
  return result;
}

struct large
{
  long list[20];
};

__attribute__ ((noinline)) static struct large
returns_large (long a)
{
  struct large large = { { 0 } };
  __asm__ volatile ("syscall"
		    : "=a" (large.list[7])
		    : "a" (FIRST_CALL + 3), "D" (a)
		    : CLOBBERS);
  return large;
}

static jmp_buf environment;

__attribute__ ((noinline, noreturn)) static void
never_returns (long a)
{
  for (;;)
    {
      __asm__ volatile ("syscall" : : "a" (FIRST_CALL + 4), "D" (a) : CLOBBERS);
      check_call (FIRST_CALL + 4, 1, a);
      longjmp (environment, 1);
    }
}

__attribute__ ((ms_abi, noinline)) static long
other_convention (long a, long b, double c)
{
  register long r10 __asm__ ("r10") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 5), "D" (b), "S" (2L), "d" (3L),
		      "r" (r10)
		    : CLOBBERS);
  return result + (long) c;
}

/* The callers of functions of that convention expect more registers to be
   kept.  */

__attribute__ ((noinline)) static double
calls_other_convention (double a)
{
  register long rsi __asm__ ("rsi") = 6;
  double live = a * 3;
  __asm__ volatile ("" : "+x" (live), "+r" (rsi));
  long result = other_convention (4, 5, 2.0);
  __asm__ volatile ("" : "+x" (live));
  return live + result;
}

__attribute__ ((noinline, target_clones ("avx2", "default"))) static long
for_several_cpus (long a)
{
  long result;
  SITE (FIRST_CALL + 6, a);
  return result;
}

__attribute__ ((noinline)) static long
aligned_frame (long a)
{
  long list[8] __attribute__ ((aligned (64))) = { a };
  long result;
  __asm__ ("" : : "r" (list) : "memory");
  SITE (FIRST_CALL + 7, list[0]);
  return result + ((long) list & 63);
}

void
test (void)
{
  static const long v[10] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

  answer = 1;
  check_equal (allocates (100), 101);
  check_equal (variable_arguments (3, 1.5, 0L, 2.5, 1L, 3.0, 2L), 10);
  check_equal (leaf (v), 46);
  check_call (FIRST_CALL + 2, 1, 3L);
  check_equal (returns_large (3).list[7], 1);
  check_call (FIRST_CALL + 3, 1, 3L);
  if (setjmp (environment) == 0)
    never_returns (5);
  check (calls_other_convention (1.5) == 7.5);
  check_call (FIRST_CALL + 5, 4, 5L, 2L, 3L, 4L);
  check_equal (for_several_cpus (6), 1);
  check_call (FIRST_CALL + 6, 1, 6L);
  check_equal (aligned_frame (7), 1);
  check_call (FIRST_CALL + 7, 1, 7L);
}
