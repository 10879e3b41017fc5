/* Calls where there is little stack: in a coroutine, on an alternate signal stack, in
   the smallest thread; and contexts that are left while a call of theirs is in the
   kernel, for a time or for good.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include "program.h"

/* For the program's own frames, beside what a call may take.  */
enum { OWN = 512, CALL = 512, PAGE = 4096 };

/* SIZE bytes, with nothing below.  */
static char *
stack_of (size_t size)
{
  size_t whole = (size + PAGE - 1) / PAGE * PAGE;
  char *low = mmap (NULL, PAGE + whole, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  CHECK (low != MAP_FAILED && mprotect (low, PAGE, PROT_NONE) == 0);
  return low + PAGE;
}

static void
make_context (ucontext_t *context, void (*function) (void), size_t size,
	      ucontext_t *next)
{
  CHECK (getcontext (context) == 0);
  context->uc_stack.ss_sp = stack_of (size);
  context->uc_stack.ss_size = size;
  context->uc_link = next;
  makecontext (context, function, 0);
}

static void
on_signal (int number, void (*function) (int), int flags)
{
  struct sigaction action = { .sa_handler = function, .sa_flags = flags };

  CHECK (sigaction (number, &action, NULL) == 0);
}

/* ---- a coroutine ---- */

static ucontext_t here, there, second;

static void
small_coroutine (void)
{
  getppid ();
  write (1, "in a coroutine\n", 15);
  close (dup (1));
  swapcontext (&there, &here);
}

static void
coroutines (void)
{
  make_context (&there, small_coroutine, OWN + CALL, &here);
  CHECK (swapcontext (&here, &there) == 0);
}

/* ---- an alternate signal stack ---- */

static volatile int signals, astray, others, ready;

static void
count_other (int number)
{
  (void) number;
  others++;
}

/* What is on the stack is as it was, whatever comes in between.  */
static void
make_calls (int number)
{
  volatile long kept[8];

  for (int i = 0; i < 8; i++)
    kept[i] = number + i;
  for (int round = 0; round < 50; round++)
    astray += getppid () == 0 || close (-1) != -1;
  for (int i = 0; i < 8; i++)
    astray += kept[i] != number + i;
  signals++;
}

static void *
send_others (void *thread)
{
  while (signals < 200 || others < 20)
    {
      pthread_kill (*(pthread_t *) thread, SIGUSR2);
      usleep (50);
    }
  return NULL;
}

static void
alternate_stack (void)
{
  const size_t least = sysconf (_SC_MINSIGSTKSZ);
  const stack_t off = { .ss_flags = SS_DISABLE };
  stack_t stack = { .ss_size = least + OWN + CALL };
  pthread_t self = pthread_self (), thread;

  stack.ss_sp = stack_of (stack.ss_size);
  CHECK (sigaltstack (&stack, NULL) == 0);
  on_signal (SIGUSR1, make_calls, SA_ONSTACK);
  CHECK (raise (SIGUSR1) == 0 && signals == 1 && astray == 0);

  /* One that comes while another is there.  */
  stack.ss_size = 2 * (least + OWN + CALL);
  stack.ss_sp = stack_of (stack.ss_size);
  CHECK (sigaltstack (&stack, NULL) == 0);
  on_signal (SIGUSR2, count_other, SA_ONSTACK);
  CHECK (pthread_create (&thread, NULL, send_others, &self) == 0);
  while (signals < 200 || others < 20)
    CHECK (raise (SIGUSR1) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  CHECK (sigaltstack (&off, NULL) == 0);
  printf ("signals on signals, %d astray\n", astray);
}

/* ---- a thread ---- */

static void *
small_thread (void *arg)
{
  getppid ();
  write (1, "in a small thread\n", 18);
  return arg;
}

static void *
make_call (void *arg)
{
  getppid ();
  return arg;
}

/* The process may have MORE bytes than now; or, if that is 0, any number.  */
static void
limit_memory (rlim_t more)
{
  struct rlimit limit;
  FILE *statm = fopen ("/proc/self/statm", "r");
  unsigned long pages;

  CHECK (statm && fscanf (statm, "%lu", &pages) == 1 && fclose (statm) == 0);
  CHECK (getrlimit (RLIMIT_AS, &limit) == 0);
  limit.rlim_cur = more ? pages * PAGE + more : limit.rlim_max;
  CHECK (setrlimit (RLIMIT_AS, &limit) == 0);
}

static void
threads (void)
{
  pthread_attr_t attributes;
  pthread_t thread;

  CHECK (pthread_attr_init (&attributes) == 0);
  CHECK (pthread_attr_setstacksize (&attributes, sysconf (_SC_THREAD_STACK_MIN))
	 == 0);
  CHECK (pthread_create (&thread, &attributes, small_thread, NULL) == 0);
  CHECK (pthread_join (thread, NULL) == 0);

  /* What one has besides is given back when it ends.  */
  limit_memory (64 * 1024 * 1024);
  for (int i = 0; i < 100; i++)
    {
      CHECK (pthread_create (&thread, &attributes, make_call, NULL) == 0);
      CHECK (pthread_join (thread, NULL) == 0);
    }
  limit_memory (0);
}

/* ---- left for good ---- */

static sigjmp_buf out;

static void
jump_out (int number)
{
  siglongjmp (out, number);
}

static void
jumps (void)
{
  static volatile int count;

  on_signal (SIGUSR1, jump_out, 0);
  /* So many that what each leaves would be too much.  */
  while (count < 3000)
    if (sigsetjmp (out, 1) == 0)
      raise (SIGUSR1);
    else
      count++;
  printf ("%d jumps\n", count);
}

/* ---- and for a time ---- */

static volatile int in_second;

static void
switch_over (int number)
{
  int error = errno;

  (void) number;
  in_second = !in_second;
  if (in_second)
    swapcontext (&there, &second);
  else
    swapcontext (&second, &there);
  errno = error;
}

/* Until both have been interrupted often enough.  Contexts are switched with the
   signal blocked: swapcontext sets the mask before it has read all of the next.  */
static volatile int interrupted[2];
static sigset_t alarm_only;

enum { OFTEN = 20 };

static void
count_calls (int which)
{
  CHECK (sigprocmask (SIG_UNBLOCK, &alarm_only, NULL) == 0);
  while (interrupted[0] < OFTEN || interrupted[1] < OFTEN)
    {
      struct timespec time = { .tv_nsec = 2000000 };
      astray += getppid () == 0;
      interrupted[which] += nanosleep (&time, NULL) == -1 && errno == EINTR;
      astray += close (-1) != -1;
    }
}

static void
in_second_context (void)
{
  count_calls (1);
  for (;;)
    pause ();
}

static void
preemption (void)
{
  const struct itimerval interval = { { 0, 1000 }, { 0, 1000 } };
  const struct itimerval none = { { 0, 0 }, { 0, 0 } };

  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  CHECK (sigprocmask (SIG_BLOCK, &alarm_only, NULL) == 0);
  make_context (&second, in_second_context, 1048576, NULL);
  on_signal (SIGALRM, switch_over, 0);
  CHECK (setitimer (ITIMER_REAL, &interval, NULL) == 0);
  count_calls (0);
  CHECK (setitimer (ITIMER_REAL, &none, NULL) == 0);
  printf ("two contexts by turns, %d astray\n", astray);
}

int
main (void)
{
  setvbuf (stdout, NULL, _IOLBF, 0);
  /* The loader looks for a function when it is called first, with more stack.  */
  getppid ();
  close (dup (1));
  write (1, "", 0);
  coroutines ();
  alternate_stack ();
  threads ();
  jumps ();
  /* And the handler's stack is there as before.  */
  coroutines ();
  preemption ();
  return 0;
}
