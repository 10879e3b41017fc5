/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With counters for coverage and profiles.  */
/* variants: -O0 --coverage | -O2 --coverage | -O2 -fprofile-arcs */
/* variants: -O2 -fprofile-generate -fprofile-update=atomic */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
