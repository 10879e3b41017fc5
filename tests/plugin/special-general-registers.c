/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A function for general registers only, by its attribute, among others.  */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "general", "kind": "thunk", "residual": "the function may use general registers only"} */
/* expect-report: {"function": "other", "kind": "guarded"} */
#include "testing.h"

__attribute__ ((target ("general-regs-only"), noinline)) static long
general (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static double
other (double a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L)
		    : CLOBBERS);
  return a + result;
}

void
test (void)
{
  double live = answer = 3;
  __asm__ volatile ("" : "+x" (live));
  check_equal (general (4), 3);
  check_thunked_call (FIRST_CALL, 1, 4L);
  check_equal (live, 3);
  check_equal (other (0.5) * 2, 7);
  check_call (FIRST_CALL, 1, 1L);
}
