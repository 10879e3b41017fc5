/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In code models for large programs.  */
/* variants: -O2 -mcmodel=medium | -O2 -mcmodel=medium -fPIC */
/* variants: -O2 -mcmodel=large | -O0 -mcmodel=large */
/* variants: -O2 -mcmodel=large -fPIC */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
