/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Under -fsanitize=address, with its tests in line and as calls.  */
/* flags: -fsanitize=address */
/* variants: -O0 | -O2 */
/* variants: -O2 --param asan-instrumentation-with-call-threshold=0 */
/* variants: -O0 --param asan-instrumentation-with-call-threshold=0 */
/* variants: -O2 -fsanitize=undefined -fsanitize-address-use-after-scope */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
