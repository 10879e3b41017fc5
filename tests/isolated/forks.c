/* Children of a program with threads, made in each way there is: what they do comes
   to the handler, which has its C library as a fork leaves it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "program.h"

#ifndef THREADS
# define THREADS 3
#endif
enum { CHILDREN = 30, STACK_SIZE = 65536 };

extern char **environ;

static void *
make_calls (void *arg)
{
  for (;;)
    {
      void *memory = malloc (200000);
      getppid ();
      free (memory);
    }
  return arg;
}

static void
in_child (void)
{
  for (int i = 0; i < 5; i++)
    getppid ();
  _exit (42);
}

static int
on_stack (void *arg)
{
  getppid ();
  (void) arg;
  return 42;
}

static pid_t
by_raw_clone (void)
{
  return syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static pid_t
by_raw_clone3 (void)
{
  struct clone_args args = { .exit_signal = SIGCHLD };
  return syscall (SYS_clone3, &args, sizeof args);
}

static pid_t
by_raw_fork (void)
{
  return syscall (SYS_fork);
}

static pid_t (*const ways[]) (void)
  = { fork, _Fork, by_raw_clone, by_raw_clone3, by_raw_fork };

static void
finish (pid_t pid)
{
  int status;
  CHECK (pid > 0 && waitpid (pid, &status, 0) == pid);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 42);
}

int
main (void)
{
  static char stack[STACK_SIZE];
  char shell[] = "sh", option[] = "-c", command[] = "exit 42";
  char *argv[] = { shell, option, command, NULL };
  pthread_t thread;
  pid_t pid;

  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_create (&thread, NULL, make_calls, NULL) == 0);
  for (int i = 0; i < CHILDREN; i++)
    {
      for (unsigned int way = 0; way < sizeof ways / sizeof *ways; way++)
	{
	  pid = ways[way] ();
	  if (pid == 0)
	    in_child ();
	  finish (pid);
	}
      pid = vfork ();
      if (pid == 0)
	_exit (42);
      finish (pid);
      finish (clone (on_stack, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK | SIGCHLD,
		     NULL));
      CHECK (posix_spawn (&pid, "/bin/sh", NULL, NULL, argv, environ) == 0);
      finish (pid);
    }
  puts ("ok");
  return 0;
}
