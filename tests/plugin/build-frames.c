/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With frame pointers, without unwind tables, without a red zone, with split
   stacks, and with stacks aligned anew.  */
/* variants: -O2 -fno-omit-frame-pointer | -O0 -fomit-frame-pointer */
/* variants: -O2 -fno-asynchronous-unwind-tables | -O2 -mno-red-zone */
/* variants: -O2 -mstackrealign | ?-O2 -fsplit-stack */
/* variants: -O2 -maccumulate-outgoing-args */
/* variants: -O2 -fno-optimize-sibling-calls -mno-omit-leaf-frame-pointer */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
