/* What handlers say before they pass a call on that may be made outside of the
   gateway: by the site's own instruction, as a thunk's call may be where C
   libraries look whether a thread may be cancelled.  A thunk says that a call
   has six arguments.  Whoever reads a trace looks for it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <sys/syscall.h>

/* No option of prctl: the kernel refuses it.  */
#define ANNOUNCE 0x70757265

static inline void
announce (long number, long nr)
{
  if (nr == 6)
    pure_native_syscall (SYS_prctl, ANNOUNCE, number, 0L, 0L, 0L, 0L);
}
