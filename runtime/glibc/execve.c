/* execve, which is followed without a handler too (pure-exec.c).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep.h>
#include <unistd.h>
#include "pure-exec.h"

int
__execve (const char *path, char *const argv[], char *const envp[])
{
  return pure_followed (INTERNAL_SYSCALL_CALL (execve, path, &argv[0], &envp[0]),
			__NR_execve, (long) path, (long) argv, (long) envp, 0, 0);
}
weak_alias (__execve, execve)
