/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With -finstrument-functions, with calls that destroy every register that
   they may.  */
/* flags: -finstrument-functions */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
/* with: lib/hooks.S */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
