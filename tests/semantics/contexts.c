/* getcontext, setcontext, swapcontext and makecontext, and longjmp between
   stacks: coroutines on small stacks make calls, on which each is where it
   left off, with its signal mask; libc's functions make their calls by way of
   the handler.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include "semantics.h"

/* STACK_SIZE has to do for the CPU's state, which the sites in swapcontext
   keep.  */
enum { COROUTINES = 8, ROUNDS = 20, STACK_SIZE = 16384 };

static enum way parents_way;

struct coroutine
{
  ucontext_t context, caller;
  jmp_buf buffer, callers_buffer;
  char *stack;
  int number, turns, astray, done;
};

static __thread struct coroutine *current;

/* Some calls, with values that live across them.  */
static int
make_calls (int number)
{
  int astray = 0;
  double kept = number / 3.0;
  long also = number * 7;

  astray += way () != parents_way;
  astray += close (-1) != -1 || errno != EBADF;
  astray += site0 (SYS_getpid) != getpid ();
  astray += syscall (SYS_getpid) != getpid ();
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  astray += page == MAP_FAILED || munmap (page, 4096) != 0;
  return astray + (kept != number / 3.0) + (also != number * 7L);
}

/* The mask says which coroutine this is.  */
static int
mask_is (int number)
{
  sigset_t mask;
  sigprocmask (SIG_SETMASK, NULL, &mask);
  for (int i = 0; i < COROUTINES; i++)
    if (sigismember (&mask, SIGRTMIN + i) != (i == number))
      return 0;
  return 1;
}

static void
mask_only (int number)
{
  sigset_t mask;
  sigemptyset (&mask);
  sigaddset (&mask, SIGRTMIN + number);
  sigprocmask (SIG_SETMASK, &mask, NULL);
}

static void
run_by_swapcontext (void)
{
  struct coroutine *self = current;
  mask_only (self->number);
  for (self->turns = 0; self->turns < ROUNDS; self->turns++)
    {
      self->astray += make_calls (self->number) + !mask_is (self->number);
      swapcontext (&self->context, &self->caller);
      self->astray += !mask_is (self->number);
    }
  self->done = 1;
  /* By uc_link to the caller.  */
}

static void
run_by_longjmp (void)
{
  struct coroutine *self = current;
  for (self->turns = 0; self->turns < ROUNDS; self->turns++)
    {
      self->astray += make_calls (self->number);
      if (_setjmp (self->buffer) == 0)
	_longjmp (self->callers_buffer, 1);
    }
  self->done = 1;
  _longjmp (self->callers_buffer, 1);
}

/* A stack with nothing below it.  */
static char *
make_stack (void)
{
  long page = sysconf (_SC_PAGESIZE);
  char *area = (char *) mmap (NULL, STACK_SIZE + page, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (area != MAP_FAILED && mprotect (area, page, PROT_NONE) == 0);
  return area + page;
}

static void
start (struct coroutine *c, int number, void (*function) (void))
{
  char *stack = c->stack;
  memset (c, 0, sizeof *c);
  c->number = number;
  c->stack = stack;
  CHECK (getcontext (&c->context) == 0);
  c->context.uc_stack.ss_sp = stack;
  c->context.uc_stack.ss_size = STACK_SIZE;
  c->context.uc_link = &c->caller;
  makecontext (&c->context, function, 0);
}

static void
resume_by_swapcontext (struct coroutine *c)
{
  current = c;
  CHECK (swapcontext (&c->caller, &c->context) == 0);
}

/* The first time by setcontext, for want of a buffer.  */
static void __attribute__ ((noinline))
resume_by_longjmp (struct coroutine *c)
{
  current = c;
  if (_setjmp (c->callers_buffer) != 0)
    return;
  if (c->turns == 0 && !c->buffer[0].__jmpbuf[0] && !c->buffer[0].__jmpbuf[7])
    setcontext (&c->context);
  else
    _longjmp (c->buffer, 1);
}

static void
check_coroutines (struct coroutine *all, void (*function) (void),
		  void (*resume) (struct coroutine *))
{
  sigset_t before = { 0 }, after = { 0 };
  int alive = COROUTINES;

  sigprocmask (SIG_SETMASK, NULL, &before);
  for (int i = 0; i < COROUTINES; i++)
    start (&all[i], i, function);
  while (alive > 0)
    for (int i = 0; i < COROUTINES; i++)
      if (!all[i].done)
	{
	  resume (&all[i]);
	  CHECK (make_calls (100 + i) == 0);
	  alive -= all[i].done;
	}
  for (int i = 0; i < COROUTINES; i++)
    CHECK (all[i].turns == ROUNDS && all[i].astray == 0);
  sigprocmask (SIG_SETMASK, NULL, &after);
  CHECK (memcmp (&before, &after, sizeof before) == 0);
}

static void __attribute__ ((noinline))
visit_twice (void)
{
  ucontext_t here;
  volatile int visits = 0;
  CHECK (getcontext (&here) == 0);
  if (visits++ == 0)
    setcontext (&here);
  CHECK (visits == 2);
}

/* Where its call fails, glibc's own swapcontext has lost r12.  */
static int __attribute__ ((noinline))
swap_and_fail (ucontext_t *here, ucontext_t *there)
{
  int result = swapcontext (here, there);
  __asm__ __volatile__ ("" : : : "r12");
  return result;
}

/* Each of the functions makes one call, the handler sees it, and may refuse
   it: the function fails then.  */
static void
check_seen (void)
{
  ucontext_t here, there;
  long before = seen (SYS_rt_sigprocmask);

  if (parents_way == NO_HANDLER)
    return;
  visit_twice ();
  CHECK (seen (SYS_rt_sigprocmask) == before + 2);
  CHECK (getcontext (&here) == 0);

  rule (SYS_rt_sigprocmask, ACTION_RETURN, -EPERM);
  errno = 0;
  int get = getcontext (&there), get_errno = errno;
  errno = 0;
  int set = setcontext (&here), set_errno = errno;
  errno = 0;
  int swap = swap_and_fail (&there, &here), swap_errno = errno;
  rule (SYS_rt_sigprocmask, ACTION_PASS, 0);
  CHECK (get == -1 && get_errno == EPERM);
  CHECK (set == -1 && set_errno == EPERM);
  CHECK (swap == -1 && swap_errno == EPERM);
}

static void *
check_all (void *arg)
{
  static struct coroutine all[COROUTINES];

  for (int i = 0; i < COROUTINES; i++)
    all[i].stack = make_stack ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      check_coroutines (all, run_by_swapcontext, resume_by_swapcontext);
      check_coroutines (all, run_by_longjmp, resume_by_longjmp);
      check_seen ();
    }
  return arg;
}

int
main (void)
{
  pthread_t thread;

  parents_way = way ();
  check_all (NULL);
  CHECK (pthread_create (&thread, NULL, check_all, NULL) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  return 0;
}
