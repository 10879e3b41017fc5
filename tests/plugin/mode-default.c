/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Without arguments the plugin is in `inline' mode, tests __pure_syscall, and
   says nothing.  */
/* variants: -O2 */
/* plugin: none */
/* expect-report: {"function": "test", "mode": "inline", "kind": "guarded"} */
/* expect-asm: __pure_syscall */
#include "testing.h"

void
test (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (FIRST_CALL) : CLOBBERS);
  check_call (FIRST_CALL, 0);
}
