/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in a function that calls setjmp, before and after the jump back, which
   comes from a function and from the handler.  */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

#include <setjmp.h>

static jmp_buf environment;

__attribute__ ((noinline)) static void
jump (int value)
{
  longjmp (environment, value);
}

__attribute__ ((noinline)) static long
jumping (long a)
{
  register long r10 __asm__ ("r10") = a;
  volatile long kept = a * 3;
  long constant = a * 7, result;

  switch (setjmp (environment))
    {
    case 0:
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL), "D" (1L), "S" (2L), "d" (3L),
			  "r" (r10)
			: CLOBBERS);
      check_call (FIRST_CALL, 4, 1L, 2L, 3L, a);
      check_equal (result, answer);
      jump (5);
      return 0;
    case 5:
      check_equal (kept, a * 3);
      check_equal (constant, a * 7);
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL + 1), "D" (kept)
			: CLOBBERS);
      check_call (FIRST_CALL + 1, 1, a * 3);
      jump (6);
      return 1;
    default:
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL + 2), "D" (constant)
			: CLOBBERS);
      check_call (FIRST_CALL + 2, 1, a * 7);
      return result;
    }
}

/* The handler jumps out of the guarded call.  What was computed before setjmp
   is as it was, although nothing between there and the call uses it, and much
   else is kept in registers and on the stack.  */

static long
jumping_handler (long number, long nr, ...)
{
  (void) number, (void) nr;
  jump (7);
  return 0;
}

__attribute__ ((noinline)) static long
jumped_out_of (const long *v)
{
  long a = v[0] * 3, b = v[1] * 5, c = v[2] * 7, d = v[3] * 9;
  long e = v[4] * 3, f = v[5] * 5, g = v[6] * 7, h = v[7] * 9;

  if (setjmp (environment) == 0)
    {
      long i = v[0] ^ 1, j = v[1] ^ 2, k = v[2] ^ 3, l = v[3] ^ 4;
      long m = v[4] ^ 5, n = v[5] ^ 6, o = v[6] ^ 7, p = v[7] ^ 8;
      long result;
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL), "D" (i)
			: CLOBBERS);
      return ((((((result * i + j) * k + l) * m + n) * o + p) * i + k) * m + o)
	     * j * l * n;
    }
  return a + b + c + d + e + f + g + h;
}

void
test (void)
{
  static const long v[8] = { 8, 8, 8, 8, 8, 8, 8, 8 };

  answer = 9;
  check_equal (jumping (4), 9);
  if (handled)
    {
      __pure_syscall = jumping_handler;
      check_equal (jumped_out_of (v), 48 * 8);
      __pure_syscall = recording_handler;
    }
}
