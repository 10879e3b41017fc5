/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Under -fsanitize-coverage, with calls that destroy every register that
   they may.  */
/* compile-flags: -fsanitize-coverage=trace-pc,trace-cmp */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os | -O2 -flto */
/* with: lib/hooks.S */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
