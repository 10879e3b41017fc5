/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With link time optimisation, linked without the plugin.  */
/* variants: -O2 -flto | -O0 -flto | -O3 -flto -ffat-lto-objects */
/* variants: -O2 -flto -fPIE -pie | -O2 -flto=2 -flto-partition=max */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
