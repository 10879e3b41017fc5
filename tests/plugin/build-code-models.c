/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In the code model for large data.  */
/* variants: -O2 -mcmodel=medium | -O2 -mcmodel=medium -fPIC */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
