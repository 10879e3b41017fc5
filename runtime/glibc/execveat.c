/* execveat: see execve.c.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep.h>
#include <unistd.h>
#include "pure-exec.h"

int
execveat (int dirfd, const char *path, char *const argv[], char *const envp[],
	  int flags)
{
  return pure_followed (INTERNAL_SYSCALL_CALL (execveat, dirfd, path, &argv[0],
					       &envp[0], flags),
			__NR_execveat, dirfd, (long) path, (long) argv, (long) envp,
			flags);
}
