/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* residual=error: a site after a prefix in a statement of its own is an
   error.  */
/* plugin: residual=error | residual=error mode=call */
/* expect-error: residual-error-prefix.c:14:3: error: purecc: */
/* expect-error: residual-error-prefix.c:18:3: error: purecc: */
/* expect-error: cannot be guarded: the instruction has a prefix */
#include "testing.h"

void
test (void)
{
  long result;
  __asm__ volatile ("fs; syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L)
		    : CLOBBERS);
  __asm__ volatile ("addr32\n syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L)
		    : CLOBBERS);
}
