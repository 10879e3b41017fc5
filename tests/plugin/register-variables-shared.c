/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Statements that share the assignments of their register variables: each gets
   its arguments, and what was changed in between is seen.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

__attribute__ ((noinline)) static long
twice (long d, long e)
{
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  long first, second;
  __asm__ volatile ("syscall"
		    : "=a" (first)
		    : "0" (FIRST_CALL), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8)
		    : CLOBBERS);
  check_call (FIRST_CALL, 5, 1L, 2L, 3L, d, e);
  __asm__ volatile ("syscall"
		    : "=a" (second)
		    : "0" (FIRST_CALL + 1), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8)
		    : CLOBBERS);
  check_call (FIRST_CALL + 1, 5, 1L, 2L, 3L, d, e);
  r8 = first + second;
  __asm__ volatile ("syscall"
		    : "=a" (first)
		    : "0" (FIRST_CALL + 2), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8)
		    : CLOBBERS);
  check_call (FIRST_CALL + 2, 5, 1L, 2L, 3L, d, 14L);
  return r10 + r8;
}

/* Other statements have the variables as operands too.  */

__attribute__ ((noinline)) static long
with_other_statements (long d)
{
  register long r10 __asm__ ("r10") = d;
  long result, copy;
  __asm__ ("addq $1, %0" : "+r" (r10));
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 3), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10)
		    : CLOBBERS);
  check_call (FIRST_CALL + 3, 4, 1L, 2L, 3L, d + 1);
  __asm__ ("movq %1, %0" : "=r" (copy) : "r" (r10));
  return copy + result;
}

void
test (void)
{
  answer = 7;
  check_equal (twice (40, 50), 54);
  check_equal (with_other_statements (20), 28);
}
