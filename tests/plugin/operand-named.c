/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands with names, in a template that doesn't use them, or only in a
   comment.  */
#include "testing.h"

void
test (void)
{
  register long r10 __asm__ ("r10") = 4;
  long result;

  answer = 3;
  __asm__ volatile ("syscall # %[result] = call %[number] (%[a], %[b], %[d])"
		    : [result] "=a" (result)
		    : [number] "0" (FIRST_CALL), [a] "D" (1L), [b] "S" (2L),
		      [d] "r" (r10)
		    : CLOBBERS);
  check_equal (result, 3);
  if (handled)
    check_call (FIRST_CALL, 4, 1L, 2L, 0L, 4L);
  else
    check_call (FIRST_CALL, 2, 1L, 2L);
}
