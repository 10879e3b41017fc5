/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in nested functions, which use variables of the function around them,
   also called through a pointer.  */
/* flags: -Wl,-z,execstack */
/* variants: -O0 | -O1 | -O2 */
#include "testing.h"

__attribute__ ((noinline)) static long
outer (long a)
{
  long local = a, result;

  long
  inner (long b)
  {
    register long r10 __asm__ ("r10") = b + local;
    long inner_result;
    __asm__ volatile ("syscall"
		      : "=a" (inner_result)
		      : "0" (FIRST_CALL), "D" (local), "S" (2L), "d" (3L),
			"r" (r10)
		      : CLOBBERS);
    local++;
    __asm__ volatile ("syscall"
		      : "=a" (result)
		      : "0" (FIRST_CALL + 1), "D" (local)
		      : CLOBBERS);
    return inner_result;
  }

  long (*volatile pointer) (long) = inner;
  return inner (5) + pointer (6) + local + result;
}

void
test (void)
{
  answer = 3;
  check_equal (outer (50), 3 + 3 + 52 + 3);
  check_call (FIRST_CALL, 4, 50L, 2L, 3L, 55L);
  check_call (FIRST_CALL + 1, 1, 51L);
  check_call (FIRST_CALL, 4, 51L, 2L, 3L, 57L);
  check_call (FIRST_CALL + 1, 1, 52L);
}
