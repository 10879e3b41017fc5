/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in functions that are always inlined, several times, into loops and
   branches, with constant arguments.  */
/* variants: -O0 | -O2 | -O3 -funroll-all-loops */
#include "testing.h"

__attribute__ ((always_inline)) static inline long
call4 (long n, long a, long b, long c, long d)
{
  register long r10 __asm__ ("r10") = d;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (n), "D" (a), "S" (b), "d" (c), "r" (r10)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
calls (int n, const long *v)
{
  long sum = call4 (FIRST_CALL, 1, 2, 3, 4);
  for (int i = 0; i < n; i++)
    if (v[i] & 1)
      sum += call4 (FIRST_CALL + 1, i, v[i], 3, call4 (FIRST_CALL + 2, i, 2,
							3, v[i]));
    else
      sum -= call4 (FIRST_CALL + 3, sum, 0, -1, 0);
  return sum;
}

void
test (void)
{
  static const long v[] = { 5, 6, 7 };

  answer = 10;
  check_equal (calls (3, v), 20);
  check_call (FIRST_CALL, 4, 1L, 2L, 3L, 4L);
  check_call (FIRST_CALL + 2, 4, 0L, 2L, 3L, 5L);
  check_call (FIRST_CALL + 1, 4, 0L, 5L, 3L, 10L);
  check_call (FIRST_CALL + 3, 4, 20L, 0L, -1L, 0L);
  check_call (FIRST_CALL + 2, 4, 2L, 2L, 3L, 7L);
  check_call (FIRST_CALL + 1, 4, 2L, 7L, 3L, 10L);
}
