/* A jump that stays in the handler leaves it a handler: its calls are native in
   the program's own namespace.  The same for one that stays in a signal handler
   that interrupted it, on whatever stack that runs, and for one out of a second
   handler, which a signal has called, into the first.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include "steps.h"

enum { ROUNDS = 20, STACK_SIZE = 65536 };

static enum way parents_way;
static volatile enum way way_after;
static volatile int signals;
static sigjmp_buf to_handler;
static char low_stack[STACK_SIZE];

static long
jump_inside (long number, const long *args)
{
  jmp_buf here;
  (void) number, (void) args;
  if (setjmp (here) == 0)
    longjmp (here, 1);
  way_after = way ();
  return 4711;
}

static void
jump_in_signal (int signal, siginfo_t *info, void *context)
{
  sigjmp_buf here;
  (void) signal, (void) info, (void) context;
  if (sigsetjmp (here, 1) == 0)
    siglongjmp (here, 1);
  signals++;
}

static void
jump_to_handler (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info, (void) context;
  signals++;
  siglongjmp (to_handler, 1);
}

/* Its call is a second handler's.  */
static void
call_in_signal (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info, (void) context;
  signals++;
  site0 (CONTROL_PROBE);
}

static long
jump_from_second (long number, const long *args)
{
  (void) number, (void) args;
  siglongjmp (to_handler, 1);
}

static long
have_signal (long number, const long *args)
{
  (void) number, (void) args;
  __asm__ __volatile__ ("int3" : : : "memory");
  way_after = way ();
  return 4711;
}

static long
wait_for_jump (long number, const long *args)
{
  (void) number, (void) args;
  if (sigsetjmp (to_handler, 1) == 0)
    __asm__ __volatile__ ("int3" : : : "memory");
  way_after = way ();
  return 4711;
}

static long
wait_for_second (long number, const long *args)
{
  (void) number, (void) args;
  if (sigsetjmp (to_handler, 1) == 0)
    pure_native_syscall (SYS_tgkill, getpid (), gettid (), SIGTRAP, 0, 0, 0);
  way_after = way ();
  return 4711;
}

static void
check (control_function *function, int expected_signals, const char *what)
{
  for (int i = 0; i < GETPPID_CALLS; i++)
    {
      way_after = -1;
      signals = 0;
      rule (SYS_getppid, ACTION_CALL, (long) function);
      long result = step_calls[i] ();
      rule (SYS_getppid, ACTION_PASS, 0);
      CHECK (result == 4711 && signals == expected_signals);
      if (way_after != NO_HANDLER || way () != parents_way)
	fprintf (stderr, "%s: %d in the handler, %d after it\n", what,
		 way_after, way ());
      CHECK (way_after == NO_HANDLER);
      CHECK (way () == parents_way);
    }
}

static void
handle (void (*function) (int, siginfo_t *, void *), int flags)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = function;
  action.sa_flags = SA_SIGINFO | flags;
  CHECK (sigaction (SIGTRAP, &action, NULL) == 0);
}

/* ARG is the stack for signals.  */
static void *
check_all (void *arg)
{
  stack_t stack = { .ss_sp = arg, .ss_size = STACK_SIZE };

  CHECK (sigaltstack (&stack, NULL) == 0);
  for (int i = 0; i < ROUNDS; i++)
    {
      check (jump_inside, 0, "a jump in the handler");
      for (int flags = 0; flags <= SA_ONSTACK; flags += SA_ONSTACK)
	{
	  handle (jump_in_signal, flags);
	  check (have_signal, 1, "a jump in a signal");
	  handle (jump_to_handler, flags);
	  check (wait_for_jump, 1, "a jump from a signal into the handler");
	  if (parents_way == ISOLATED)
	    /* A call that it has passed on isn't in it, and not the way in.  */
	    continue;
	  handle (call_in_signal, flags);
	  rule (CONTROL_PROBE, ACTION_CALL, (long) jump_from_second);
	  check (wait_for_second, 1, "a jump from a second handler");
	  rule (CONTROL_PROBE, ACTION_PASS, 0);
	}
    }
  return arg;
}

int
main (void)
{
  char high_stack[STACK_SIZE];
  char *stacks[] = { low_stack, high_stack };
  pthread_t thread;

  parents_way = way ();
  check_all (low_stack);
  for (int i = 0; i < 2; i++)
    {
      /* Below and above the thread's own stack.  */
      CHECK (pthread_create (&thread, NULL, check_all, stacks[i]) == 0);
      CHECK (pthread_join (thread, NULL) == 0);
    }
  return 0;
}
