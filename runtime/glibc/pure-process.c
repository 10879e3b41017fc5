/* What the C library instances of a process share; in ld.so.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <stddef.h>
#include "pure.h"

struct pure_process __pure_process = { .end_namespace = __pure_end_namespace };

/* Is a handler set?  For calls that the vDSO would answer.  */
_Bool PURE_HIDDEN
__pure_active (void)
{
  return __atomic_load_n (&PURE_POINTER, __ATOMIC_RELAXED) != NULL;
}
