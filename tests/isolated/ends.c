/* All ways to end, each of a child that says so: the handler ends after it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "program.h"

static void *
calls_exit (void *arg)
{
  exit (3);
  return arg;
}

static void *
waits (void *arg)
{
  for (;;)
    getppid ();
  return arg;
}

static void
start (void *(*function) (void *))
{
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, function, NULL) == 0);
}

static void
by_exit (void)
{
  exit (3);
}

static void
by__exit (void)
{
  _exit (3);
}

static void
by_thread (void)
{
  start (calls_exit);
  waits (NULL);
}

static void
beside_thread (void)
{
  start (waits);
  usleep (1000);
  exit (3);
}

static void
in_main_last (void)
{
  start (calls_exit);
  pthread_exit (NULL);
}

static void
on_signal (int number)
{
  (void) number;
  _exit (3);
}

static void
in_signal (void)
{
  signal (SIGUSR1, on_signal);
  raise (SIGUSR1);
}

static void
by_exec (void)
{
  execl ("/bin/sh", "sh", "-c", "exit 3", NULL);
}

static void
by_abort (void)
{
  abort ();
}

static void (*const ways[]) (void)
  = { by_exit, by__exit, by_thread, beside_thread, in_main_last, in_signal, by_exec,
      by_abort };

int
main (void)
{
  for (unsigned int way = 0; way < sizeof ways / sizeof *ways; way++)
    {
      int status;
      pid_t pid = fork ();
      CHECK (pid >= 0);
      if (pid == 0)
	{
	  ways[way] ();
	  _exit (99);
	}
      CHECK (waitpid (pid, &status, 0) == pid);
      printf ("%u: %#x\n", way, status & ~0x80);
    }
  return 0;
}
