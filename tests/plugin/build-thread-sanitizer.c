/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Under -fsanitize=thread, with its own runtime.  */
/* flags: -fsanitize=thread */
/* variants: -O0 | -O2 | -O2 -fPIE */
/* skip-if-says: FATAL: ThreadSanitizer: unexpected memory mapping */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
