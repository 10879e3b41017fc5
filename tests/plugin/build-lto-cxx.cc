/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With link time optimisation of C++, linked without the plugin.  */
/* variants: -O2 -flto | -O0 -flto | -O2 -flto -fno-exceptions */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
