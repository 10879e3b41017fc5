/* A handler that counts its instances in memory which it hands on, and says what isn't
   followed.  It writes to the file "said".

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <purecc.h>

/* A descriptor that a shell can name.  */
enum { KEY = 1234, LOWEST = 8 };

static char said[4096];

static void
say (const char *what, long number)
{
  char line[256];
  int length = snprintf (line, sizeof line, "%s %ld\n", what, number);
  long fd = pure_native_syscall (SYS_openat, AT_FDCWD, (long) said,
				 O_WRONLY | O_CREAT | O_APPEND, 0666, 0, 0);

  pure_native_syscall (SYS_write, fd, (long) line, length, 0, 0, 0);
  pure_native_syscall (SYS_close, fd, 0, 0, 0, 0, 0);
}

static long
handle (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  const char *why = NULL;

  if (number == SYS_execve || number == SYS_execveat)
    why = pure_exec_obstacle (number, a1, a2, a3, a4, a5);
  if (why)
    say (why, 0);
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

static int
make_memory (void)
{
  int made = memfd_create ("kept", MFD_CLOEXEC);
  int fd = fcntl (made, F_DUPFD_CLOEXEC, LOWEST);

  close (made);
  return fd;
}

static int
start (int argc, char **argv, char **envp)
{
  int fd = pure_kept_descriptor (KEY), result = 0;
  long count = 0;

  (void) argc;
  (void) argv;
  (void) envp;
  snprintf (said, sizeof said, "%s", SAID);
  if (pure_kept_descriptor (KEY + 1) != -1)
    say ("what nobody has kept", 0);
  if (fd < 0)
    {
      fd = make_memory ();
      result = pure_keep_descriptor (KEY + 1, fd);
      if (result == 0)
	result = pure_keep_descriptor (KEY, fd);
      if (result == 0)
	result = pure_keep_descriptor (KEY + 1, -1);
      if (pure_keep_descriptor (KEY, 999) != -EBADF && result == 0)
	say ("a descriptor that isn't open is kept", 0);
    }
  pread (fd, &count, sizeof count, 0);
  count++;
  pwrite (fd, &count, sizeof count, 0);
  say (result ? strerrorname_np (-result) : "instance", count);
  return 0;
}

PURE_HANDLER_INIT ((pure_handler_t) handle, start);
