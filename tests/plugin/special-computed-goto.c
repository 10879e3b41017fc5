/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites among computed gotos.  */
/* flags: -std=gnu11 */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

__attribute__ ((noinline)) static long
interpret (const int *steps)
{
  static const void *const table[] = { &&add, &&call, &&done };
  register long r10 __asm__ ("r10") = 1;
  long result, sum = 0;

  goto *table[*steps++];
add:
  r10 += 10;
  goto *table[*steps++];
call:
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (sum), "S" (2L), "d" (3L),
		      "r" (r10)
		    : CLOBBERS);
  sum += result;
  goto *table[*steps++];
done:
  return sum + r10;
}

void
test (void)
{
  static const int steps[] = { 0, 1, 0, 1, 1, 2 };

  answer = 100;
  check_equal (interpret (steps), 321);
  check_call (FIRST_CALL, 4, 0L, 2L, 3L, 11L);
  check_call (FIRST_CALL, 4, 100L, 2L, 3L, 21L);
  check_call (FIRST_CALL, 4, 200L, 2L, 3L, 21L);
}
