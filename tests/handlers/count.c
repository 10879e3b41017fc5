/* Makes so many of some calls, in threads and children.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *
some (void *unused)
{
  for (int i = 0; i < 1000; i++)
    syscall (SYS_getppid);
  for (int i = 0; i < 100; i++)
    {
      chdir (".");
      chdir ("/nonexistent");
      umask (022);
    }
  return unused;
}

/* No other call is allowed then but these.  */
static void
sandboxed (void)
{
  chdir (".");
  prctl (PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
  write (STDOUT_FILENO, "text\n", 5);
  syscall (SYS_exit, 7);
}

int
main (int argc, char **argv)
{
  pthread_t threads[4];

  (void) argv;
  if (argc > 1)
    sandboxed ();

  for (int i = 0; i < 4; i++)
    pthread_create (&threads[i], NULL, some, NULL);
  for (int i = 0; i < 4; i++)
    pthread_join (threads[i], NULL);
  for (int i = 0; i < 3; i++)
    if (fork () == 0)
      {
	some (NULL);
	for (int fd = 3; fd < 2000; fd++)
	  close (fd);
	_exit (0);
      }
  while (wait (NULL) > 0)
    ;
  return 0;
}
