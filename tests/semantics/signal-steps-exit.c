/* pthread_exit in a signal handler that interrupted a call, anywhere on its
   way, as asynchronous cancellation does it: the cleanup handlers run, with
   their calls diverted, and the next thread on that stack has its own diverted
   too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include "children.h"
#include "steps.h"

static long (*call) (void);
static volatile long steps_left;
static int cleanups, astray;

static void
on_step (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info;
  if (!in_program (interrupted_at (context)) && --steps_left == 0)
    pthread_exit (PTHREAD_CANCELED);
}

static void
clean_up (void *arg)
{
  astray += way () != parents_way;
  astray += close (-1) != -1 || errno != EBADF;
  cleanups += arg == &cleanups;
}

static void *
leave_call (void *arg)
{
  astray += way () != parents_way;
  pthread_cleanup_push (clean_up, &cleanups);
  start_steps ();
  call ();
  stop_steps ();
  pthread_cleanup_pop (0);
  return arg;
}

static void
check_call (void)
{
  long steps = 0;
  void *result;

  do
    {
      pthread_t thread;
      steps_left = ++steps;
      cleanups = astray = 0;
      CHECK (pthread_create (&thread, NULL, leave_call, NULL) == 0);
      CHECK (pthread_join (thread, &result) == 0);
      CHECK (cleanups == (result == PTHREAD_CANCELED) && astray == 0);
    }
  while (result == PTHREAD_CANCELED);
  CHECK (parents_way == NO_HANDLER || steps > 2);
}

int
main (void)
{
  parents_way = way ();
  handle_steps (on_step);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int i = 0; i < STEP_CALLS; i++)
	{
	  call = step_calls[i];
	  /* libc loads the unwinder at the first end, and binds functions at
	     their first calls.  */
	  call ();
	  check_call ();
	}
      CHECK (by_vfork () == CHILD_STATUS && by_clone () == CHILD_STATUS);
    }
  return 0;
}
