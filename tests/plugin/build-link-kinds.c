/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In programs of each kind: position independent or not, static or not.  */
/* variants: -O2 -fPIE -pie | -O2 -fno-pie -no-pie */
/* variants: -O0 -static -fno-pie -no-pie | -O2 -static */
/* variants: -O2 -static-pie -fPIE | -O2 -fPIC | -O2 -static -flto */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
