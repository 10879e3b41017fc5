/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* mode=off: sites are found and reported, residual ones with the reason, and
   nothing is changed.  */
/* variants: -O0 | -O2 */
/* plugin: mode=off | mode=off residual=error */
/* expect-report: {"function": "plain", "mode": "off", "kind": "native", "number": 5000, "nargs": 1} */
/* expect-report: {"function": "other", "mode": "off", "kind": "native", "residual": "the template has other instructions"} */
/* reject-asm: pure */
#include "testing.h"

__attribute__ ((noinline)) static long
plain (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
other (long a)
{
  long result;
  __asm__ volatile ("nop\n\tsyscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (plain (4), 3);
  check_native_call (FIRST_CALL, 1, 4L);
  check_equal (other (5), 3);
  check_native_call (FIRST_CALL + 1, 1, 5L);
}
