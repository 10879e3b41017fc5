/* Children of vfork and posix_spawn, whose descriptors aren't their parent's: what the
   handler has in its streams is the parent's, and the child's exec doesn't write it
   where there is nothing to write to.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include "program.h"
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* The children have no log: this one's is counted.  */
static char *environment[] = { NULL };

/* Its output is closed, as all that it could have.  */
static pid_t
vfork_child (const char *program)
{
  pid_t child = vfork ();

  if (child == 0)
    {
      close_range (3, ~0u, 0);
      execle (program, program, NULL, environment);
      _exit (3);
    }
  return child;
}

static pid_t
spawned_child (const char *program)
{
  char *arguments[] = { (char *) program, NULL };
  posix_spawn_file_actions_t actions;
  pid_t child;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addclosefrom_np (&actions, 3);
  CHECK (posix_spawn (&child, program, &actions, NULL, arguments, environment) == 0);
  posix_spawn_file_actions_destroy (&actions);
  return child;
}

static int
status_of (pid_t child)
{
  int status;

  CHECK (waitpid (child, &status, 0) == child);
  return WEXITSTATUS (status);
}

int
main (void)
{
  for (int i = 0; i < 100; i++)
    {
      getppid ();
      CHECK (status_of (vfork_child ("/bin/true")) == 0);
      CHECK (status_of (vfork_child ("/nonexistent/true")) == 3);
      CHECK (status_of (spawned_child ("/bin/false")) == 1);
    }
  return 0;
}
