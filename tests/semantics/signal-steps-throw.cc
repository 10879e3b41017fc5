// A C++ exception out of a signal handler that interrupted a call, anywhere on
// its way between the site and the kernel: it is caught around the site, whose
// function's registers are as they were, and the next calls are diverted as
// before.
//
// SPDX-License-Identifier: GPL-3.0-or-later

// flags: -fnon-call-exceptions
#include "children.h"
#include "steps.h"

static void
on_breakpoint (int signal, siginfo_t *, void *context)
{
  sigset_t set;
  clear_breakpoint (context);
  // A signal handler that doesn't return leaves its mask on.
  sigemptyset (&set);
  sigaddset (&set, signal);
  CHECK (sigprocmask (SIG_UNBLOCK, &set, nullptr) == 0);
  throw 4711;
}

struct count
{
  int *n;
  ~count () { ++*n; }
};

// CALL, left by an exception before it executes what is at ADDRESS.
static void
leave_call (long (*call) (), long address)
{
  long kept[6];
  int destroyed = 0, caught = 0;

  for (int i = 0; i < 6; i++)
    __asm__ ("" : "=r" (kept[i]) : "0" (1000L + i));
  set_breakpoint (address);
  try
    {
      count inner = { &destroyed };
      call ();
      miss_breakpoint ();
      throw 4711;
    }
  catch (int number)
    {
      caught = number;
    }
  for (int i = 0; i < 6; i++)
    CHECK (kept[i] == 1000 + i);
  CHECK (destroyed == 1 && caught == 4711);
}

static void
check_call (long (*call) ())
{
  long parent = getppid ();

  find_path (call);
  handle_steps (on_breakpoint);
  for (int i = 0; i < path_length; i++)
    {
      leave_call (call, path[i]);
      if (way () != parents_way)
	{
	  Dl_info where;
	  dladdr ((void *) path[i], &where);
	  fprintf (stderr, "left before instruction %d, %s: %#lx (%s)\n", i,
		   where.dli_fname, path[i] - (long) where.dli_fbase,
		   where.dli_sname);
	}
      CHECK (way () == parents_way);
      CHECK (call () == parent);
      if (i % 32 == 0)
	{
	  CHECK (by_vfork () == CHILD_STATUS);
	  CHECK (by_clone_vfork () == CHILD_STATUS);
	}
    }
  CHECK (parents_way == NO_HANDLER || path_length > 10);
}

int
main ()
{
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by ((control_pass) by);
      for (int i = 0; i < STEP_CALLS; i++)
	check_call (step_calls[i]);
    }
  return 0;
}
