/* Children, by every way to make one.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "checks.h"

static void
forks (void)
{
  for (int i = 0; i < 20; i++)
    {
      pid_t child = fork ();
      if (child == 0)
	_exit (getppid () == 1 || getpid () == getppid () ? 99 : i);
      if (end_of (child) != i)
	printf ("child %d\n", i);
    }
  pid_t child = fork ();
  if (child == 0)
    abort ();
  say (end_of (child));
  say (waitpid (-1, NULL, 0));
}

static void
vforks (void)
{
  volatile int seen = 0;
  for (volatile int i = 0; i < 20; i++)
    {
      pid_t child = vfork ();
      if (child == 0)
	{
	  seen++;
	  if (i % 2)
	    _exit (i);
	  execl ("/bin/sh", "sh", "-c", "exit 5", (char *) NULL);
	  _exit (99);
	}
      if (end_of (child) != (i % 2 ? i : 5))
	printf ("child %d\n", i);
    }
  say (seen);
}

static void
spawns (void)
{
  char *args[] = { "sh", "-c", "read x; echo got $x; exit 3", NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attr;
  sigset_t all;
  pid_t child;
  int status, in[2], out[2];
  char text[100] = "";

  pipe2 (in, O_CLOEXEC);
  pipe2 (out, O_CLOEXEC);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_adddup2 (&actions, in[0], 0);
  posix_spawn_file_actions_adddup2 (&actions, out[1], 1);
  posix_spawn_file_actions_addopen (&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_init (&attr);
  posix_spawnattr_setflags (&attr, POSIX_SPAWN_SETSIGMASK
				     | POSIX_SPAWN_SETPGROUP);
  sigemptyset (&all);
  posix_spawnattr_setsigmask (&attr, &all);
  say (posix_spawn (&child, "/bin/sh", &actions, &attr, args, environ));
  write (in[1], "words\n", 6);
  close (in[1]);
  close (out[1]);
  read (out[0], text, sizeof text - 1);
  say (end_of (child));
  printf ("%s", text);
  say (posix_spawn (&child, "/no/such", NULL, NULL, args, environ));
  say (posix_spawnp (&child, "true", NULL, NULL, args, environ));
  waitpid (child, &status, 0);
  say (WIFEXITED (status));
}

static void
system_and_popen (void)
{
  char line[100];
  say (WEXITSTATUS (system ("exit 7")));
  FILE *f = popen ("echo from a child; exit 4", "r");
  fgets (line, sizeof line, f);
  printf ("%s", line);
  say (WEXITSTATUS (pclose (f)));
  f = popen ("cat", "w");
  fflush (stdout);
  fputs ("to a child\n", f);
  say (pclose (f));
}

static int
in_clone (void *arg)
{
  return *(int *) arg + (getpid () != getppid ());
}

static void
clones (void)
{
  static char stack[65536] __attribute__ ((__aligned__ (16)));
  int n = 40;
  pid_t child = clone (in_clone, stack + sizeof stack, SIGCHLD, &n);
  say (end_of (child));
  child = clone (in_clone, stack + sizeof stack,
		 CLONE_VM | CLONE_VFORK | SIGCHLD, &n);
  say (end_of (child));
}

static void
executes (void)
{
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      char *args[] = { self, "errors", NULL };
      execve (self, args, environ);
      _exit (99);
    }
  say (end_of (child));
}

const struct check process_checks[] = {
  CHECK (forks), CHECK (vforks), CHECK (spawns), CHECK (system_and_popen),
  CHECK (clones), CHECK (executes), { NULL, NULL }
};
