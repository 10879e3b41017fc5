// A C++ exception out of a handler, or out of a signal handler that interrupted
// it or a native call of it: caught around the site, and the calls that come
// after are diverted as before.  One that the handler catches itself leaves it
// a handler.
//
// SPDX-License-Identifier: GPL-3.0-or-later

// ways: same-namespace isolated
// flags: -fnon-call-exceptions
#include "children.h"
#include "steps.h"

enum { ROUNDS = 20 };

static volatile enum way way_inside;

static long
throw_out (long number, const long *)
{
  throw number;
}

static long
signal_out (long, const long *)
{
  return pure_native_syscall (SYS_tgkill, getpid (), gettid (), SIGUSR1, 0, 0,
			      0);
}

static void
on_signal (int signal, siginfo_t *, void *)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, signal);
  CHECK (sigprocmask (SIG_UNBLOCK, &set, nullptr) == 0);
  throw (long) SYS_getppid;
}

static long
catch_inside (long, const long *args)
{
  try
    {
      throw_out (1, args);
    }
  catch (long)
    {
      way_inside = way ();
    }
  return 4711;
}

struct count
{
  int *n;
  ~count () { ++*n; }
};

static void
check_throw (long (*call) (), control_action action, control_function *function,
	     const char *what)
{
  int destroyed = 0;
  long caught = 0, entered = seen (SYS_getppid), before = left (SYS_getppid);

  rule (SYS_getppid, action, (long) function);
  try
    {
      count inner = { &destroyed };
      call ();
    }
  catch (long number)
    {
      caught = number;
    }
  rule (SYS_getppid, ACTION_PASS, 0);
  CHECK (caught == SYS_getppid && destroyed == 1);
  if (way () != parents_way)
    fprintf (stderr, "out of %s\n", what);
  CHECK (way () == parents_way);
  // The handler's own cleanup has run.
  CHECK (left (SYS_getppid) - before == seen (SYS_getppid) - entered);
  for (int i = 0; i < GETPPID_CALLS; i++)
    CHECK (step_calls[i]() > 0);
}

// Where libc's function may throw, unlike getppid.
static void
check_cancellation_point ()
{
  char c;
  bool caught = false;
  rule (SYS_read, ACTION_CALL, (long) throw_out);
  try
    {
      if (read (-1, &c, 1) >= 0)
	abort ();
    }
  catch (long number)
    {
      caught = number == SYS_read;
    }
  rule (SYS_read, ACTION_PASS, 0);
  CHECK (caught && way () == parents_way);
}

static void
check_caught_inside (long (*call) ())
{
  rule (SYS_getppid, ACTION_CALL, (long) catch_inside);
  CHECK (call () == 4711);
  rule (SYS_getppid, ACTION_PASS, 0);
  CHECK (way_inside == NO_HANDLER);
  CHECK (way () == parents_way);
}

int
main ()
{
  parents_way = way ();
  handle_steps (on_signal);
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO;
  CHECK (sigaction (SIGUSR1, &action, nullptr) == 0);
  for (int round = 0; round < ROUNDS; round++)
    {
      for (int i = 0; i < GETPPID_CALLS; i++)
	{
	  check_throw (step_calls[i], ACTION_CALL, throw_out, "the handler");
	  check_throw (step_calls[i], ACTION_CALL, signal_out,
		       "a signal in its native call");
	  check_throw (step_calls[i], ACTION_TRAP, nullptr, "a signal in it");
	  check_caught_inside (step_calls[i]);
	}
      check_cancellation_point ();
    }
  CHECK (by_vfork () == CHILD_STATUS && by_pthread_create () == CHILD_STATUS);
  return 0;
}
