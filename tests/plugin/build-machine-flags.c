/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With registers set aside, and other choices of code for a CPU.  */
/* variants: -O2 -ffixed-r12 | -O2 -ffixed-r15 -ffixed-rbx */
/* variants: -O2 -mtune=atom -mtls-dialect=gnu2 | -O2 -mfpmath=387 */
/* variants: -O2 -fcall-used-r12 */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
