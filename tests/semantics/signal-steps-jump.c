/* siglongjmp out of a signal handler that interrupted a call, anywhere on its
   way: the next calls are diverted as before, children's too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <setjmp.h>
#include "children.h"
#include "steps.h"

static sigjmp_buf out;
static volatile long steps_left;

static void
on_step (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info, (void) context;
  if (--steps_left == 0)
    siglongjmp (out, 1);
}

/* CALL, left after STEPS instructions.  Returns zero if it has fewer.  */
static int
leave_call (long (*call) (void), long steps)
{
  steps_left = steps;
  if (sigsetjmp (out, 1) != 0)
    return 1;
  start_steps ();
  call ();
  stop_steps ();
  return 0;
}

static void
check_call (long (*call) (void))
{
  long parent = getppid (), steps;

  for (steps = 1; leave_call (call, steps); steps++)
    {
      if (way () != parents_way)
	fprintf (stderr, "left after %ld instructions\n", steps);
      CHECK (way () == parents_way);
      CHECK (call () == parent);
      errno = 0;
      CHECK (close (-1) == -1 && errno == EBADF);
      if (steps % 32 == 0)
	{
	  CHECK (by_vfork () == CHILD_STATUS);
	  CHECK (by_clone_vfork () == CHILD_STATUS);
	  CHECK (by_pthread_create () == CHILD_STATUS);
	}
    }
  CHECK (steps > 2);
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
	check_call (step_calls[i]);
    }
  return 0;
}
