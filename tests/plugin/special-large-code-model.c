/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In the large code model a site goes by the thunk: the address of a guard would
   have to be one in the program, and pure-audit doesn't follow its loading.  */
/* variants: -O2 -mcmodel=large | -O0 -mcmodel=large */
/* variants: -O2 -mcmodel=large -fPIC | -O2 -mcmodel=large -fexceptions */
/* variants: -O2 -mcmodel=large -fno-pie -no-pie */
/* expect-report: {"function": "test", "kind": "thunk", "residual": "the code model is large"} */
/* reject-asm: __pure_guard|__pure_site */
#include "testing.h"

void
test (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (FIRST_CALL) : CLOBBERS);
  check_thunked_call (FIRST_CALL, 0);
  check_equal (result, answer);
}
