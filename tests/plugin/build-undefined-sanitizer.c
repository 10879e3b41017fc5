/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Under -fsanitize=undefined, which reports nothing.  */
/* flags: -fsanitize=undefined -fno-sanitize-recover */
/* variants: -O0 | -O2 */
/* variants: -O2 -fsanitize=object-size,bounds-strict,alignment,null */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
