/* A handler whose descriptors have values: a file that is opened as "value-N" has N, and
   fcntl (FD, 4242) gives it.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#include <purecc-handler.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#define ASK 4242

PURE_OPTION (start, "now", "", "when the run starts");

static void
opened (const char *path, int fd)
{
  const char *name = strstr (path, "value-");

  if (fd >= 0 && name)
    pure_fd_set_value (fd, strtoul (name + strlen ("value-"), NULL, 10));
}

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  const long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 };
  char path[256];
  long result;

  (void) nr;
  if (number == SYS_fcntl && a2 == ASK)
    return (long) pure_fd_value ((int) a1);
  pure_fds_before (number, a);
  result = pure_native_syscall (number, a1, a2, a3, a4, a5, a6);
  pure_fds_after (number, a, result);
  if (number == SYS_openat && pure_read_string (path, sizeof path, (unsigned long) a2) > 0)
    opened (path, (int) result);
  return result;
}

static int
start (int argc, char **argv, char **envp)
{
  bool first;
  void *memory;

  (void) argc, (void) argv;
  memory = pure_run_join ("values", PURE_OPTION_NUMBER (start, envp), pure_fds_size,
			  &first);
  if (!memory || pure_fds_start ("values", memory))
    abort ();
  return 0;
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) handler, start);
