/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Under -fsanitize=kernel-address, with calls that destroy every register
   that they may.  */
/* compile-flags: -fsanitize=kernel-address --param asan-instrumentation-with-call-threshold=0 */
/* variants: -O0 | -O1 | -O2 | -Os */
/* with: lib/hooks.S */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
