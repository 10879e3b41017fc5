/* Signals with values, from another process, to a program whose threads make calls
   without end, and signals of theirs to themselves: none is lost, each has its
   siginfo, those of a number come in order.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "program.h"

#ifndef VALUES
# define VALUES 2000
#endif
/* So many of a number may be on their way: where more are queued than may be, the
   kernel drops what others send.  */
enum { NUMBERS = 3, THREADS = 2, AHEAD = 100 };

static int taken[2];

static volatile int expected[NUMBERS];
static volatile pid_t sender;
static volatile int done;
static __thread volatile int own;

static void
on_value (int number, siginfo_t *info, void *context)
{
  int saved = errno, i = number - SIGRTMIN;
  (void) context;
  CHECK (i >= 0 && i < NUMBERS);
  CHECK (info->si_signo == number && info->si_code == SI_QUEUE);
  CHECK (info->si_pid == sender && info->si_uid == getuid ());
  CHECK (info->si_value.sival_int == expected[i]);
  expected[i]++;
  if (i == NUMBERS - 1 && expected[i] % AHEAD == 0)
    CHECK (write (taken[1], "", 1) == 1);
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

static void
send (pid_t to)
{
  char c;

  for (int i = 0; i < VALUES; i++)
    {
      for (int n = 0; n < NUMBERS; n++)
	CHECK (sigqueue (to, SIGRTMIN + n, (union sigval) { .sival_int = i }) == 0);
      if ((i + 1) % AHEAD == 0)
	CHECK (read (taken[0], &c, 1) == 1);
    }
}

/* Of what two threads take the order can't be told: only the first takes values.  */
static void *
make_calls (void *arg)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  sigaddset (&set, SIGALRM);
  CHECK (pthread_sigmask (SIG_UNBLOCK, &set, NULL) == 0);
  for (int i = 0; !done; i++)
    {
      void *memory = malloc (200000);
      CHECK (memory != NULL);
      getppid ();
      free (memory);
      CHECK (pthread_kill (pthread_self (), SIGUSR1) == 0 && own == i + 1);
    }
  return arg;
}

int
main (void)
{
  struct itimerval every = { { 0, 300 }, { 0, 300 } }, never = { { 0, 0 }, { 0, 0 } };
  pthread_t threads[THREADS];
  sigset_t all, before;
  pid_t parent = getpid ();
  int status;

  CHECK (pipe (taken) == 0);
  for (int n = 0; n < NUMBERS; n++)
    handle (SIGRTMIN + n, on_value);
  handle (SIGUSR1, on_own);
  struct sigaction alarm = { .sa_handler = on_alarm,
			     .sa_flags = SA_RESTART | SA_NODEFER };
  CHECK (sigaction (SIGALRM, &alarm, NULL) == 0);
  sigfillset (&all);
  CHECK (sigprocmask (SIG_BLOCK, &all, &before) == 0);
  sender = fork ();
  CHECK (sender >= 0);
  if (sender == 0)
    {
      /* It ends with the parent.  */
      CHECK (close (taken[1]) == 0);
      send (parent);
      _exit (0);
    }
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, make_calls, NULL) == 0);
  CHECK (setitimer (ITIMER_REAL, &every, NULL) == 0);
  CHECK (sigprocmask (SIG_SETMASK, &before, NULL) == 0);
  for (int n = 0; n < NUMBERS; n++)
    while (expected[n] < VALUES)
      getppid ();
  CHECK (setitimer (ITIMER_REAL, &never, NULL) == 0);
  done = 1;
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
  CHECK (waitpid (sender, &status, 0) == sender && status == 0);
  puts ("ok");
  return 0;
}
