/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In C++ of each standard.  */
/* variants: -O2 -std=c++11 | -O0 -std=c++20 | -O2 -fno-exceptions -fno-rtti */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
