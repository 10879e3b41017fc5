/* siglongjmp out of a signal handler that interrupted a call, anywhere on its
   way: the next calls are diverted as before, children's too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <setjmp.h>
#include "children.h"
#include "steps.h"

static sigjmp_buf out;

static void
on_breakpoint (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info;
  clear_breakpoint (context);
  siglongjmp (out, 1);
}

static void
check_after (int instruction, long (*call) (void), long parent)
{
  if (way () != parents_way)
    fprintf (stderr, "left before instruction %d, %#lx\n", instruction,
	     path[instruction]);
  CHECK (way () == parents_way);
  CHECK (call () == parent);
  errno = 0;
  CHECK (close (-1) == -1 && errno == EBADF);
  if (instruction % 32 == 0)
    {
      CHECK (by_vfork () == CHILD_STATUS);
      CHECK (by_clone_vfork () == CHILD_STATUS);
      CHECK (by_pthread_create () == CHILD_STATUS);
    }
}

static void
check_call (long (*call) (void))
{
  long parent = getppid ();

  find_path (call);
  handle_steps (on_breakpoint);
  for (volatile int i = 0; i < path_length; i++)
    {
      set_breakpoint (path[i]);
      if (sigsetjmp (out, 1) == 0)
	{
	  call ();
	  miss_breakpoint ();
	}
      check_after (i, call, parent);
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
	check_call (step_calls[i]);
    }
  return 0;
}
