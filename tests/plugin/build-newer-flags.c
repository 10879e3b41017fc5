/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With what versions of GCC after 12 have brought.  */
/* compile-flags: -O2 */
/* variants: ?-fhardened -Wno-hardened | ?-fharden-control-flow-redundancy */
/* variants: ?-fharden-control-flow-redundancy -fhardcfr-check-exceptions -fexceptions */
/* variants: ?-fstrub=all | ?-fstrub=internal | ?-fstrub=at-calls */
/* variants: ?-finline-stringops | ?-ftrivial-auto-var-init=zero -fstrict-flex-arrays */
/* variants: ?-fcondition-coverage -fprofile-arcs | ?-fpath-coverage -fprofile-arcs */
/* variants: ?-std=gnu23 | ?-std=c23 | ?-std=gnu2y | ?-fmin-function-alignment=64 */
/* variants: ?-fzero-init-padding-bits=all | ?-fmalloc-dce=2 -fipa-reorder-for-locality */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
