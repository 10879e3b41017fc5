/* Whatever makes a child, the handler sees it as one call.  Passed on, by
   pure_native_syscall or by syscall (), the child goes on at the site, on its
   own stack, and its own calls are diverted.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include "children.h"

static long
all_seen (void)
{
  long sum = 0;
  for (int i = 0; i < MAKING_CALLS; i++)
    sum += seen (making_calls[i]);
  return sum;
}

static void
check_way (const struct way_to_make *how)
{
  long made = all_seen (), said = seen (CONTROL_HELLO);
  long executed = seen (SYS_execve);
  int status = how->make ();

  if (status != CHILD_STATUS)
    fprintf (stderr, "%s: status %d\n", how->name, status);
  CHECK (status == CHILD_STATUS);
  if (parents_way == NO_HANDLER)
    return;
  CHECK (all_seen () == made + 1);
  /* Counted in the parent's memory, if it is the child's too.  */
  CHECK (seen (CONTROL_HELLO) == said + (how->sharing == SHARES_MEMORY));
  CHECK (seen (SYS_execve) == executed + (how->sharing == EXECUTES));
}

int
main (void)
{
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int i = 0; i < WAYS; i++)
	for (int times = 0; times < 3; times++)
	  check_way (&ways[i]);
    }
  return 0;
}
