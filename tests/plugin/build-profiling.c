/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With calls for a profiler in front of each function.  */
/* variants: -O0 -pg | -O2 -pg | -O2 -pg -mfentry | -O2 -p -fno-inline */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
