/* time, not as an IFUNC that is bound to the vDSO's for good.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <time.h>
#include <sysdep.h>
#include <sysdep-vdso.h>

time_t
time (time_t *timer)
{
  return INLINE_VSYSCALL (time, 1, timer);
}
