/* A handler for pure-run: no file is removed.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <errno.h>
#include <purecc.h>
#include <sys/syscall.h>

static long
no_unlink (long number, long nr, long a1, long a2, long a3, long a4, long a5,
	   long a6)
{
  if (number == SYS_unlink || number == SYS_unlinkat)
    return -EPERM;
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_DESCRIPTION ("removes no file");
PURE_HANDLER ((pure_handler_t) no_unlink);
