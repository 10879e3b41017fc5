/* A child that shares memory and gets zeros for a thread control block, as chromium's
   sandbox makes one: its errno is nobody else's.  What is in front of them may be
   anything.  Its calls go where the parent's go.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include "children.h"

enum { TLS_SIZE = 65536 };

static int
child (void *arg)
{
  (void) arg;
  if (chdir ("/") != 0 || site0 (SYS_getppid) <= 0
      || chdir ("/nonexistent") == 0)
    _exit (CHILD_LOST);
  _exit (child_status ());
}

int
main (void)
{
  /* Room for what is in front of it, errno too.  */
  static char tls[2 * TLS_SIZE] __attribute__ ((__aligned__ (64)));
  const int flags = CLONE_FS | CLONE_VM | CLONE_VFORK | CLONE_SETTLS | SIGCHLD;
  int status;

  parents_way = way ();
  for (int in_front = 0; in_front < 4; in_front++)
    {
      memset (tls, in_front, TLS_SIZE);
      memset (tls + TLS_SIZE, 0, TLS_SIZE);
      errno = EXDEV;
      pid_t pid = clone (child, child_stack + STACK_SIZE, flags, NULL, NULL,
			 tls + TLS_SIZE, NULL);
      CHECK (pid > 0 && errno == EXDEV);
      CHECK (waitpid (pid, &status, 0) == pid);
      CHECK (WIFEXITED (status));
      CHECK (WEXITSTATUS (status) == CHILD_STATUS);
      CHECK (way () == parents_way);
    }
  return 0;
}
