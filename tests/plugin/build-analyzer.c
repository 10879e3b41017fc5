/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* While GCC's static analyzer looks at it, and says nothing.  */
/* flags: -fanalyzer */
/* variants: -O2 */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
