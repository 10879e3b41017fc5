/* A jump out of a handler, by each of the functions there are, and from what
   the handler was called for by each kind of site: the calls that come after
   are diverted as before.  Also out of a signal handler that interrupted the
   handler, or a native call of it, and to another stack.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <setjmp.h>
#include <ucontext.h>
#include "children.h"
#include "steps.h"

enum { ROUNDS = 10 };

static sigjmp_buf out;
static ucontext_t out_context;
static volatile int left_by_context;

/* longjmp as _FORTIFY_SOURCE has it.  */
extern void checked_longjmp (struct __jmp_buf_tag *buffer, int value)
  __asm__ ("__longjmp_chk");

static void
by_longjmp (void)
{
  longjmp (out, 1);
}

static void
by__longjmp (void)
{
  _longjmp (out, 1);
}

static void
by_siglongjmp (void)
{
  siglongjmp (out, 1);
}

static void
by_longjmp_chk (void)
{
  checked_longjmp (out, 1);
}

static void
by_setcontext (void)
{
  left_by_context = 1;
  setcontext (&out_context);
}

static void (*const jumps[]) (void)
  = { by_longjmp, by__longjmp, by_siglongjmp, by_longjmp_chk, by_setcontext };
static const char *const names[] = { "longjmp", "_longjmp", "siglongjmp",
				     "__longjmp_chk", "setcontext" };

enum { JUMPS = sizeof jumps / sizeof *jumps };

static void (*volatile jump) (void);

/* What the handler calls.  */
static long
jump_out (long number, const long *args)
{
  (void) number, (void) args;
  jump ();
  return 0;
}

/* As above, from a signal that arrives in a native call.  */
static long
signal_out (long number, const long *args)
{
  (void) number, (void) args;
  pure_native_syscall (SYS_tgkill, getpid (), gettid (), SIGUSR1, 0, 0, 0);
  return 0;
}

static void
on_signal (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info, (void) context;
  jump ();
}

static void
check_after (const char *what, int i)
{
  rule (SYS_getppid, ACTION_PASS, 0);
  if (way () != parents_way)
    fprintf (stderr, "%s, out of %s\n", names[i], what);
  CHECK (way () == parents_way);
  for (int c = 0; c < GETPPID_CALLS; c++)
    {
      long before = seen (SYS_getppid);
      CHECK (step_calls[c] () > 0);
      CHECK (seen (SYS_getppid) == before + 1);
    }
}

static void
check_jump (int i, long (*call) (void), enum control_action action, long value,
	    const char *what)
{
  volatile int tried = 0;

  jump = jumps[i];
  left_by_context = 0;
  rule (SYS_getppid, action, value);
  CHECK (getcontext (&out_context) == 0);
  if (!left_by_context && sigsetjmp (out, 1) == 0)
    {
      tried = 1;
      call ();
      CHECK (!"the handler returned");
    }
  CHECK (tried);
  check_after (what, i);
}

/* As a coroutine has it: the call is on a stack of its own.  */
static void
call_there (void)
{
  step_calls[1] ();
  CHECK (!"the handler returned");
}

static void
check_other_stack (int i)
{
  static char stack[STACK_SIZE];
  static ucontext_t there, here;

  if (jumps[i] == by_longjmp_chk)
    /* It refuses to jump between stacks that it doesn't know.  */
    return;
  jump = jumps[i];
  left_by_context = 0;
  rule (SYS_getppid, ACTION_CALL, (long) jump_out);
  CHECK (getcontext (&there) == 0);
  there.uc_stack.ss_sp = stack;
  there.uc_stack.ss_size = sizeof stack;
  makecontext (&there, call_there, 0);
  CHECK (getcontext (&out_context) == 0);
  if (!left_by_context && sigsetjmp (out, 1) == 0)
    CHECK (swapcontext (&here, &there) == 0 && !"came back");
  check_after ("a call on another stack", i);
}

int
main (void)
{
  parents_way = way ();
  handle_steps (on_signal);
  struct sigaction action = { .sa_sigaction = on_signal,
			      .sa_flags = SA_SIGINFO };
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  for (int round = 0; round < ROUNDS; round++)
    for (int i = 0; i < JUMPS; i++)
      {
	for (int c = 0; c < GETPPID_CALLS; c++)
	  {
	    check_jump (i, step_calls[c], ACTION_CALL, (long) jump_out,
			"the handler");
	    check_jump (i, step_calls[c], ACTION_CALL, (long) signal_out,
			"a signal in its native call");
	    check_jump (i, step_calls[c], ACTION_TRAP, 0, "a signal in it");
	  }
	check_other_stack (i);
      }
  CHECK (by_vfork () == CHILD_STATUS && by_pthread_create () == CHILD_STATUS);
  CHECK (by_clone_vfork () == CHILD_STATUS && by_system () == CHILD_STATUS);
  return 0;
}
