/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With -masm=intel, also for position independent code and under a
   sanitizer.  */
/* flags: -masm=intel */
/* variants: -O0 | -O2 | -O2 -fPIC | -O2 -fno-pie -no-pie */
/* variants: -O2 -fsanitize=address | -O2 -flto */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
