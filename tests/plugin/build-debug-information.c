/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With debug information of each kind.  */
/* variants: -O2 -g | -O0 -g3 | -Og -ggdb | -O2 -g -gsplit-dwarf */
/* variants: -O2 -gdwarf-4 -fvar-tracking-assignments-toggle */
/* variants: -O2 -gdwarf-5 -fdebug-types-section */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
