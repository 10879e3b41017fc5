/* The same for sites that call the guard unconditionally.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
/* flags: -fplugin-arg-purecc-mode=call */
#include "stack-use.c"
