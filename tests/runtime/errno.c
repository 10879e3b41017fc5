/* Both ways to return an error: -errno, and -1 with errno set.  The errno of
   the code that made the call is as it was in either case.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <errno.h>
#include <purecc.h>
#include "check.h"

static int errno_on_entry;

static long
returns_raw (long number, long nr, ...)
{
  (void) number, (void) nr;
  errno_on_entry = errno;
  errno = EIO;
  return -ENOENT;
}

static long
returns_minus_one (long number, long nr, ...)
{
  (void) number, (void) nr;
  errno_on_entry = errno;
  errno = ENOENT;
  return -1;
}

static long
returns_eperm (long number, long nr, ...)
{
  (void) number, (void) nr;
  return -EPERM;
}

int
main (void)
{
  errno = EXDEV;
  __pure_syscall = returns_raw;
  CHECK (site0 (39) == -ENOENT);
  CHECK (errno == EXDEV && errno_on_entry == 0);
  __pure_syscall = returns_minus_one;
  CHECK (site0 (39) == -ENOENT);
  CHECK (errno == EXDEV && errno_on_entry == 0);
  __pure_syscall = returns_eperm;
  CHECK (site0 (39) == -EPERM);
  CHECK (errno == EXDEV);
  __pure_syscall = NULL;
  return 0;
}
