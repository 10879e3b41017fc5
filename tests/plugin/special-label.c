/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site with a label that other code can name goes by the thunk: what jumps
   there doesn't come by a test in front of it.  */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "labelled", "kind": "thunk", "residual": "the template has a label that other code can jump to"} */
/* expect-report: {"function": "numbered", "kind": "thunk", "residual": "the template has a label that other code can jump to"} */
#include "testing.h"

__attribute__ ((noinline)) static long
labelled (long a)
{
  long result;
  __asm__ volatile ("the_site: syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
numbered (long a)
{
  long result;
  __asm__ volatile ("1: syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (labelled (4), 3);
  check_thunked_call (FIRST_CALL, 1, 4L);
  check_equal (numbered (5), 3);
  check_thunked_call (FIRST_CALL + 1, 1, 5L);
}
