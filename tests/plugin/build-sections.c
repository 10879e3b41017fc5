/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With a section for each function, and the unused ones dropped by the
   linker.  */
/* flags: -ffunction-sections -fdata-sections -Wl,--gc-sections */
/* variants: -O2 | -O0 | -O2 -flto | -O2 -fno-reorder-blocks-and-partition */
/* variants: -O2 -fno-toplevel-reorder */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
