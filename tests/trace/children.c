/* Children that share memory, and have zeros for a thread control block, with anything in
   front of them: as chromium's sandbox makes one.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 65536 };

static char stack[SIZE] __attribute__ ((__aligned__ (16)));
static char tls[2 * SIZE] __attribute__ ((__aligned__ (64)));

static int
child (void *unused)
{
  (void) unused;
  _exit (chdir ("/"));
}

int
main (void)
{
  const int flags = CLONE_FS | CLONE_VM | CLONE_VFORK | CLONE_SETTLS | SIGCHLD;

  for (int in_front = 0; in_front < 4; in_front++)
    {
      memset (tls, in_front, SIZE);
      int process = clone (child, stack + SIZE, flags, NULL, NULL, tls + SIZE, NULL);
      int status = 1;
      if (process < 0 || waitpid (process, &status, 0) != process || status != 0)
	return 1;
    }
  return 0;
}
