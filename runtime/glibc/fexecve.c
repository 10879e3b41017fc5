/* fexecve, for kernels that have execveat: see execve.c.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <errno.h>
#include <fcntl.h>
#include <sysdep.h>
#include <unistd.h>
#include "pure-exec.h"

int
fexecve (int fd, char *const argv[], char *const envp[])
{
  if (fd < 0 || argv == NULL || envp == NULL)
    {
      __set_errno (EINVAL);
      return -1;
    }
  return pure_followed (INTERNAL_SYSCALL_CALL (execveat, fd, "", &argv[0], &envp[0],
					       AT_EMPTY_PATH),
			__NR_execveat, fd, (long) "", (long) argv, (long) envp,
			AT_EMPTY_PATH);
}
