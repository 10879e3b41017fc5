/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Register variables that are read, changed and passed on after the statement:
   the instruction leaves its argument registers as they were.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

static long last;

__attribute__ ((noinline)) static void
use (long a, long b)
{
  last = a * 1000 + b;
}

__attribute__ ((noinline)) static long
read_after (long d, long e)
{
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long rax __asm__ ("rax") = FIRST_CALL;
  __asm__ volatile ("syscall"
		    : "+r" (rax)
		    : "D" (1L), "S" (2L), "d" (3L), "r" (r10), "r" (r8)
		    : CLOBBERS);
  long result = rax;
  r10 += 1;
  use (r10, r8);
  check_call (FIRST_CALL, 5, 1L, 2L, 3L, d, e);
  return result + r10 + r8;
}

/* The variable is of another type than what it is made of.  */

__attribute__ ((noinline)) static long
narrow (long d)
{
  register int r10 __asm__ ("r10") = d;
  register signed char r8 __asm__ ("r8") = d;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8)
		    : CLOBBERS);
  native_bits = 8;
  check_call (FIRST_CALL + 1, 5, 1L, 2L, 3L, (long) (int) d,
	      (long) (signed char) d);
  native_bits = 64;
  return result + r10 + r8;
}

void
test (void)
{
  answer = 500;
  check_equal (read_after (40, 50), 500 + 41 + 50);
  check_equal (last, 41050);
  check_equal (narrow (0x1000000fe), 500 + 254 - 2);
}
