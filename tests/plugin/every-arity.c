/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Calls with 0 to 6 arguments get them all, in their order, and give their
   result; natively and through the handler.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os | -O2 -flto */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
