/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In `call' mode a site whose template has a label that no other statement can
   name stays where it is, and is tested as in `inline' mode.  */
/* variants: -O0 | -O2 */
/* plugin: mode=call */
/* expect-report: {"function": "labelled", "kind": "guarded"} */
/* expect-asm: __pure_syscall */
/* expect-asm: \.Lsite[0-9]+: */
#include "testing.h"

__attribute__ ((noinline)) static long
labelled (long a)
{
  long result;
  __asm__ volatile (".Lsite%=: syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (labelled (4), 3);
  check_call (FIRST_CALL, 1, 4L);
}
