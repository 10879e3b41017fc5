// A C++ exception out of a signal handler that interrupted a call, anywhere on
// its way between the site and the kernel: it is caught around the site, whose
// function's registers are as they were, and the next calls are diverted as
// before.
//
// SPDX-License-Identifier: GPL-3.0-or-later

// flags: -fnon-call-exceptions -Wl,-z,now
#include "children.h"
#include "steps.h"

static volatile long steps_left;

// Instructions of the program itself are no place to throw: it isn't compiled
// for that, but for the sites.
static void
on_step (int, siginfo_t *, void *context)
{
  if (!in_program (interrupted_at (context)) && --steps_left == 0)
    {
      // A signal handler that doesn't return leaves its mask behind.
      sigset_t traps;
      sigemptyset (&traps);
      sigaddset (&traps, SIGTRAP);
      CHECK (sigprocmask (SIG_UNBLOCK, &traps, nullptr) == 0);
      throw 4711;
    }
}

struct guard
{
  int *destroyed;
  ~guard () { ++*destroyed; }
};

// CALL, left by an exception after STEPS instructions.  Returns false if it has
// fewer.
static bool
leave_call (long (*call) (), long steps)
{
  long kept[6];
  int destroyed = 0;
  bool caught = false;

  for (int i = 0; i < 6; i++)
    __asm__ ("" : "=r" (kept[i]) : "0" (1000L + i));
  steps_left = steps;
  try
    {
      guard inner = { &destroyed };
      start_steps ();
      call ();
      stop_steps ();
    }
  catch (int number)
    {
      caught = true;
      CHECK (number == 4711);
    }
  for (int i = 0; i < 6; i++)
    CHECK (kept[i] == 1000 + i);
  CHECK (destroyed == 1);
  return caught;
}

static void
check_call (long (*call) ())
{
  long parent = getppid (), steps;

  for (steps = 1; leave_call (call, steps); steps++)
    {
      if (way () != parents_way)
	fprintf (stderr, "left after %ld instructions\n", steps);
      CHECK (way () == parents_way);
      CHECK (call () == parent);
      if (steps % 32 == 0)
	{
	  CHECK (by_vfork () == CHILD_STATUS);
	  CHECK (by_clone_vfork () == CHILD_STATUS);
	}
    }
}

int
main ()
{
  parents_way = way ();
  handle_steps (on_step);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by ((control_pass) by);
      for (int i = 0; i < STEP_CALLS; i++)
	check_call (step_calls[i]);
    }
  return 0;
}
