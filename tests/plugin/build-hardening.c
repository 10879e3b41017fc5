/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With what distributions add to their builds.  */
/* variants: -O2 -fstack-protector-all -fstack-clash-protection */
/* variants: -O2 -fcf-protection=full */
/* variants: -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -Wl,-z,relro,-z,now */
/* variants: -O0 -fstack-protector-all | ?-O2 -fzero-call-used-regs=all */
/* variants: ?-O2 -ftrivial-auto-var-init=pattern */
/* variants: -O2 -fcf-protection=none -mindirect-branch=thunk -mfunction-return=thunk */
/* variants: -O2 -fno-plt */
/* variants: -O2 -fno-delete-null-pointer-checks -fno-strict-aliasing -fno-strict-overflow */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
