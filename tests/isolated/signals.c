/* Signals with values, from another process, to each thread of a program whose threads
   make calls without end, and signals of theirs to themselves: none is lost, each has
   its siginfo, those of a number come in order.  VALUES of each number come to each of
   THREADS; -DTHREADS=8 -DVALUES=416667 are ten million.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "program.h"

#ifndef VALUES
# define VALUES 1000
#endif
#ifndef THREADS
# define THREADS 2
#endif
/* So many of a number may be on their way: where more are queued than may be, the
   kernel drops what others send.  */
enum { NUMBERS = 3, AHEAD = 100 };

/* Of a thread, for the process that sends.  */
static struct to
{
  volatile pid_t tid;
  volatile int expected[NUMBERS];
} *to;

static volatile pid_t sender;
static __thread struct to *self;
static __thread volatile int own;

static void
on_value (int number, siginfo_t *info, void *context)
{
  int saved = errno, i = number - SIGRTMIN;
  (void) context;
  CHECK (i >= 0 && i < NUMBERS);
  CHECK (info->si_signo == number && info->si_code == SI_QUEUE);
  CHECK (info->si_pid == sender && info->si_uid == getuid ());
  CHECK (info->si_value.sival_int == self->expected[i]);
  self->expected[i]++;
  CHECK (syscall (SYS_getppid) == getppid ());
  errno = saved;
}

static void
on_own (int number, siginfo_t *info, void *context)
{
  (void) number, (void) context;
  CHECK (info->si_code == SI_TKILL && info->si_pid == getpid ());
  own++;
}

/* Without a siginfo.  */
static void
on_alarm (int number)
{
  CHECK (number == SIGALRM);
  getppid ();
}

static void
handle (int number, void (*function) (int, siginfo_t *, void *))
{
  struct sigaction action = { .sa_sigaction = function,
			      .sa_flags = SA_SIGINFO | SA_RESTART };
  /* Those that are counted come one after the other.  */
  sigfillset (&action.sa_mask);
  CHECK (sigaction (number, &action, NULL) == 0);
}

/* As pthread_sigqueue, to a thread of another process.  */
static void
queue (pid_t pid, pid_t tid, int number, int value)
{
  siginfo_t info = { .si_signo = number, .si_code = SI_QUEUE };

  info.si_pid = getpid ();
  info.si_uid = getuid ();
  info.si_value.sival_int = value;
  CHECK (syscall (SYS_rt_tgsigqueueinfo, pid, tid, number, &info) == 0);
}

static void
send (pid_t pid)
{
  for (int i = 0; i < VALUES; i++)
    for (int t = 0; t < THREADS; t++)
      for (int n = 0; n < NUMBERS; n++)
	{
	  while (!to[t].tid || to[t].expected[n] < i - AHEAD)
	    sched_yield ();
	  queue (pid, to[t].tid, SIGRTMIN + n, i);
	}
}

static int
all_taken (void)
{
  for (int n = 0; n < NUMBERS; n++)
    if (self->expected[n] < VALUES)
      return 0;
  return 1;
}

static void *
make_calls (void *arg)
{
  sigset_t none;

  self = arg;
  self->tid = gettid ();
  sigemptyset (&none);
  CHECK (pthread_sigmask (SIG_SETMASK, &none, NULL) == 0);
  for (int i = 0; !all_taken (); i++)
    {
      void *memory = malloc (200000);
      CHECK (memory != NULL);
      getppid ();
      free (memory);
      CHECK (pthread_kill (pthread_self (), SIGUSR1) == 0 && own == i + 1);
    }
  return NULL;
}

int
main (void)
{
  struct itimerval every = { { 0, 300 }, { 0, 300 } }, never = { { 0, 0 }, { 0, 0 } };
  pthread_t threads[THREADS];
  sigset_t all;
  pid_t parent = getpid ();
  int status;

  to = mmap (NULL, THREADS * sizeof *to, PROT_READ | PROT_WRITE,
	     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK (to != MAP_FAILED);
  for (int n = 0; n < NUMBERS; n++)
    handle (SIGRTMIN + n, on_value);
  handle (SIGUSR1, on_own);
  struct sigaction alarm = { .sa_handler = on_alarm,
			     .sa_flags = SA_RESTART | SA_NODEFER };
  CHECK (sigaction (SIGALRM, &alarm, NULL) == 0);
  sigfillset (&all);
  CHECK (sigprocmask (SIG_BLOCK, &all, NULL) == 0);
  sender = fork ();
  CHECK (sender >= 0);
  if (sender == 0)
    {
      send (parent);
      _exit (0);
    }
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, make_calls, &to[i]) == 0);
  CHECK (setitimer (ITIMER_REAL, &every, NULL) == 0);
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
  CHECK (setitimer (ITIMER_REAL, &never, NULL) == 0);
  CHECK (waitpid (sender, &status, 0) == sender && status == 0);
  puts ("ok");
  return 0;
}
