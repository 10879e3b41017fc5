/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* At each level of optimisation, and with more aggressive passes.  */
/* variants: -O0 | -Og | -O1 | -O2 | -O3 | -Os | -Ofast */
/* variants: -O3 -funroll-all-loops -ftracer -fsplit-paths */
/* variants: -O2 -fschedule-insns -fsched-pressure -fmodulo-sched */
/* variants: -O2 -fno-inline -fkeep-inline-functions */
/* variants: -O2 -fipa-pta -fgcse-las -fgcse-sm */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
