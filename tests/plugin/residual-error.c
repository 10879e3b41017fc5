/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* residual=error: a residual site is an error, that says where and why.  */
/* plugin: residual=error | residual=error mode=call */
/* expect-error: residual-error.c:12:3: error: purecc: */
/* expect-error: cannot be guarded: the template has other instructions */
#include "testing.h"

void
test (void)
{
  long result;
  __asm__ volatile ("nop; syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L)
		    : CLOBBERS);
}
