/* pthread_exit in a signal handler that interrupted a call, anywhere on its
   way, as asynchronous cancellation does it: the cleanup handlers run, with
   their calls diverted, and the next thread on that stack has its own diverted
   too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include "children.h"
#include "steps.h"

static long (*call) (void);
static int cleanups, astray, is_hit;

static void
leave (void)
{
  __atomic_store_n (&is_hit, 1, __ATOMIC_RELEASE);
  pthread_exit (PTHREAD_CANCELED);
}

static void
on_breakpoint (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info;
  clear_breakpoint (context);
  leave ();
}

static void
clean_up (void *arg)
{
  astray += way () != parents_way;
  astray += close (-1) != -1 || errno != EBADF;
  cleanups += arg == &cleanups;
}

/* ARG: where.  The other thread is to stay away from there.  */
static void *
leave_call (void *arg)
{
  while (!__atomic_load_n (&may_start, __ATOMIC_ACQUIRE))
    relax ();
  astray += way () != parents_way;
  pthread_cleanup_push (clean_up, &cleanups);
  set_breakpoint ((long) arg);
  call ();
  miss_breakpoint ();
  leave ();
  pthread_cleanup_pop (0);
  return NULL;
}

static void
check_call (void)
{
  find_path (call);
  handle_steps (on_breakpoint);
  for (int i = 0; i < path_length; i++)
    {
      pthread_t thread;
      void *result;

      cleanups = astray = is_hit = may_start = 0;
      CHECK (pthread_create (&thread, NULL, leave_call, (void *) path[i]) == 0);
      __atomic_store_n (&may_start, 1, __ATOMIC_RELEASE);
      while (!__atomic_load_n (&is_hit, __ATOMIC_ACQUIRE))
	relax ();
      CHECK (pthread_join (thread, &result) == 0);
      if (cleanups != 1 || astray != 0)
	fprintf (stderr, "left before instruction %d, %#lx\n", i, path[i]);
      CHECK (result == PTHREAD_CANCELED && cleanups == 1 && astray == 0);
    }
  CHECK (parents_way == NO_HANDLER || path_length > 10);
}

int
main (void)
{
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int i = 0; i < STEP_CALLS; i++)
	{
	  call = step_calls[i];
	  check_call ();
	}
      CHECK (by_vfork () == CHILD_STATUS && by_clone () == CHILD_STATUS);
    }
  return 0;
}
