/* gettimeofday, not as an IFUNC that is bound to the vDSO's for good.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <string.h>
#include <sys/time.h>
#include <sysdep.h>
#include <sysdep-vdso.h>

int
__gettimeofday (struct timeval *restrict tv, void *restrict tz)
{
  if (__glibc_unlikely (tz != NULL))
    memset (tz, 0, sizeof (struct timezone));
  return INLINE_VSYSCALL (gettimeofday, 2, tv, tz);
}
weak_alias (__gettimeofday, gettimeofday)
