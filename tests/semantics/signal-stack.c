/* Signals on an alternate stack that has room for the kernel's frame and a
   little more: their calls are diverted there without overflowing it, in a
   blocked call and at each instruction of one.  A site that takes the thunk
   needs room for the CPU's state once more.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Finding a function at its first call takes a stack of its own.  */
/* flags: -Wl,-z,now */
#define _GNU_SOURCE
#include <stdint.h>
#include <sys/mman.h>
#include "steps.h"

/* For the signal handler itself, the guard (512 bytes) and the handler.  */
enum { LITTLE_MORE = 1280 };

static enum way parents_way;
static volatile long steps, astray, on_stack, use_thunk, alarms;
static char *stack;
static size_t stack_size;
static long parent;

static void
make_calls (void)
{
  char here;
  uintptr_t offset = (uintptr_t) &here - (uintptr_t) stack;
  on_stack += offset < stack_size;
  astray += site0 (SYS_getppid) != parent;
  astray += use_thunk && thunked_call () != parent;
  astray += close (-1) != -1;
}

static void
on_step (int signal, siginfo_t *info, void *context)
{
  int saved = errno;
  (void) signal, (void) info, (void) context;
  steps++;
  make_calls ();
  errno = saved;
}

static void
on_alarm (int signal)
{
  (void) signal;
  alarms++;
  make_calls ();
  astray += way () != parents_way;
}

/* A stack of SIZE bytes, with nothing below.  */
static void
set_stack (size_t size)
{
  long page = sysconf (_SC_PAGESIZE);
  size_t whole = (size + 2 * page - 1) / page * page;
  char *area = (char *) mmap (NULL, whole, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (area != MAP_FAILED && mprotect (area, page, PROT_NONE) == 0);
  stack = area + page;
  stack_size = size;
  stack_t signal_stack = { .ss_sp = stack, .ss_size = size };
  CHECK (sigaltstack (&signal_stack, NULL) == 0);
}

static void
handle_alarm (void)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = on_alarm;
  action.sa_flags = SA_ONSTACK;
  CHECK (sigaction (SIGALRM, &action, NULL) == 0);
}

static void
check_steps (void)
{
  for (int i = 0; i < STEP_CALLS; i++)
    {
      steps = on_stack = astray = 0;
      start_steps ();
      long result = step_calls[i] ();
      stop_steps ();
      CHECK (result == parent && steps > 2);
      CHECK (on_stack == steps && astray == 0);
    }
}

static void
check_blocked (void)
{
  sigset_t alarm_only, before;
  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  CHECK (sigprocmask (SIG_BLOCK, &alarm_only, &before) == 0);
  alarms = on_stack = astray = 0;
  ualarm (100, 0);
  CHECK (sigsuspend (&before) == -1 && errno == EINTR);
  CHECK (sigprocmask (SIG_SETMASK, &before, NULL) == 0);
  CHECK (alarms == 1 && on_stack == 1 && astray == 0);
}

static void
check_all (void)
{
  long least = sysconf (_SC_MINSIGSTKSZ);
  struct sigaction action;

  handle_steps (on_step);
  CHECK (sigaction (SIGTRAP, NULL, &action) == 0);
  action.sa_flags |= SA_ONSTACK;
  CHECK (sigaction (SIGTRAP, &action, NULL) == 0);
  handle_alarm ();
  for (use_thunk = 0; use_thunk < 2; use_thunk++)
    {
      set_stack (least + LITTLE_MORE + (use_thunk ? least : 0));
      check_blocked ();
      check_steps ();
    }
}

int
main (void)
{
  stack_t off = { .ss_flags = SS_DISABLE };

  parent = getppid ();
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      check_all ();
    }
  CHECK (sigaltstack (&off, NULL) == 0);
  return 0;
}
