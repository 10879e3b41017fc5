/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* residual=warn: a residual site stays native, with a warning that says so and
   why.  */
/* variants: -O0 | -O2 */
/* plugin: residual=warn | residual=warn mode=call */
/* expect-warning: stays native: the template has other instructions */
/* expect-report: {"function": "test", "kind": "native", "residual": "the template has other instructions"} */
#include "testing.h"

void
test (void)
{
  long result;
  __asm__ volatile ("nop; syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L)
		    : CLOBBERS);
  check_native_call (FIRST_CALL, 1, 1L);
}
