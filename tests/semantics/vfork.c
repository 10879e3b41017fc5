/* vfork as the kernel does it: the child has the parent's memory and its
   stack, and the parent waits until it exits, executes another program or
   is killed.  Once more in the child, in a thread, in a signal handler on a
   stack of its own, and with a signal for the parent while it waits.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <alloca.h>
#include "children.h"

enum { ROUNDS = 8, THREADS = 4 };

static volatile int shared, signals;
static volatile enum way way_in_signal;

/* A child that takes its time, and uses the stack.  */
static int
slow_child (volatile int *local)
{
  volatile char deep[9000];
  memset ((char *) deep, 7, sizeof deep);
  *local = shared = 1;
  for (int i = 0; i < 50; i++)
    sched_yield ();
  *local = shared = 2;
  return child_status () + deep[77] - 7;
}

static int
by_exit (void)
{
  volatile int local = 0;
  long kept[8];
  for (int i = 0; i < 8; i++)
    kept[i] = site0 (SYS_getppid) + i;

  shared = 0;
  pid_t pid = vfork ();
  if (pid == 0)
    _exit (slow_child (&local));
  CHECK (local == 2 && shared == 2);
  for (int i = 0; i < 8; i++)
    CHECK (kept[i] == kept[0] + i);
  return finish (pid);
}

static int
by_exec (void)
{
  shared = 0;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      shared = child_status ();
      execl ("/bin/sh", "sh", "-c", "exit 42", NULL);
      _exit (1);
    }
  CHECK (shared == CHILD_STATUS);
  return finish (pid);
}

static int
by_kill (void)
{
  shared = 0;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      shared = child_status ();
      kill (getpid (), SIGKILL);
      for (;;)
	pause ();
    }
  CHECK (shared == CHILD_STATUS);
  CHECK (finish (pid) == 256 + SIGKILL);
  return CHILD_STATUS;
}

static int
twice (void)
{
  volatile int status = -1;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      pid_t grandchild = vfork ();
      if (grandchild == 0)
	_exit (child_status ());
      status = finish (grandchild);
      _exit (by_fork ());
    }
  CHECK (status == CHILD_STATUS);
  return finish (pid);
}

static int
with_alloca (void)
{
  char *room = (char *) alloca (5000);
  memset (room, 5, 5000);
  pid_t pid = vfork ();
  if (pid == 0)
    {
      memset (room + 1000, 6, 1000);
      _exit (child_status ());
    }
  for (int i = 0; i < 5000; i++)
    CHECK (room[i] == 5 + (i >= 1000 && i < 2000));
  return finish (pid);
}

static void
on_signal (int signal)
{
  (void) signal;
  way_in_signal = way ();
  signals++;
}

static int
with_signal (void)
{
  int before = signals;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      kill (getppid (), SIGUSR1);
      _exit (signals == before ? child_status () : 1);
    }
  /* It was pending when the parent went on.  */
  CHECK (signals == before + 1 && way_in_signal == parents_way);
  return finish (pid);
}

static volatile int status_in_signal;

static void
vfork_in_signal (int signal)
{
  (void) signal;
  status_in_signal = by_exit ();
}

static int
in_signal (void)
{
  status_in_signal = -1;
  CHECK (raise (SIGUSR2) == 0);
  return status_in_signal;
}

static void *
in_thread (void *arg)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      volatile int local = 0;
      pid_t pid = vfork ();
      if (pid == 0)
	{
	  local = i + 1;
	  _exit (child_status ());
	}
      CHECK (local == i + 1 && finish (pid) == CHILD_STATUS);
    }
  return arg;
}

static void
in_threads (void)
{
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, in_thread, NULL) == 0);
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
}

int
main (void)
{
  static char stack[STACK_SIZE];
  stack_t signal_stack = { .ss_sp = stack, .ss_size = sizeof stack };
  struct sigaction action = { .sa_handler = on_signal };
  int (*const cases[]) (void) = { by_exit, by_exec, by_kill, twice,
				  with_alloca, with_signal, in_signal };

  parents_way = way ();
  CHECK (sigaltstack (&signal_stack, NULL) == 0);
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  action.sa_handler = vfork_in_signal;
  action.sa_flags = SA_ONSTACK;
  CHECK (sigaction (SIGUSR2, &action, NULL) == 0);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
	for (int round = 0; round < ROUNDS; round++)
	  CHECK (cases[i] () == CHILD_STATUS);
      in_threads ();
    }
  return 0;
}
