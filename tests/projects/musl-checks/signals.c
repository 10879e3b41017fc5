/* Signals, sent, awaited and by timers, and what they interrupt.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "checks.h"

static volatile int got, value;
static sigjmp_buf jump;
static sem_t semaphore;
static int ends[2];

static void
on_signal (int signal, siginfo_t *info, void *context)
{
  (void) context;
  got = signal;
  value = info->si_value.sival_int;
}

static void
catch (int signal, int flags)
{
  struct sigaction sa = { .sa_sigaction = on_signal,
			  .sa_flags = SA_SIGINFO | flags };
  sigaction (signal, &sa, NULL);
}

static void
signals (void)
{
  sigset_t set, pending;
  siginfo_t info;
  union sigval v = { .sival_int = 77 };

  catch (SIGUSR1, 0);
  raise (SIGUSR1);
  say (got == SIGUSR1);
  catch (SIGRTMIN, 0);
  sigqueue (getpid (), SIGRTMIN, v);
  say (value);
  sigemptyset (&set);
  sigaddset (&set, SIGUSR2);
  sigprocmask (SIG_BLOCK, &set, NULL);
  kill (getpid (), SIGUSR2);
  sigpending (&pending);
  say (sigismember (&pending, SIGUSR2));
  say (sigwaitinfo (&set, &info) == SIGUSR2);
  say (info.si_pid == getpid ());
  struct timespec none = { 0, 0 };
  say (sigtimedwait (&set, &info, &none));
  catch (SIGUSR2, 0);
  kill (getpid (), SIGUSR2);
  sigemptyset (&set);
  say (sigsuspend (&set));
  say (got == SIGUSR2);
}

static void
on_fault (int signal)
{
  siglongjmp (jump, signal);
}

static void
faults (void)
{
  static char alternate[65536];
  stack_t stack = { .ss_sp = alternate, .ss_size = sizeof alternate };
  struct sigaction sa = { .sa_handler = on_fault, .sa_flags = SA_ONSTACK };
  volatile int caught = 0;
  sigaltstack (&stack, NULL);
  sigaction (SIGSEGV, &sa, NULL);
  char *p = mmap (NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 3; i++)
    if (sigsetjmp (jump, 1) == 0)
      *(volatile char *) p = 1;
    else
      caught++;
  say (caught);
  mprotect (p, 4096, PROT_READ | PROT_WRITE);
  *p = 5;
  say (*p);
}

static volatile int restarting, returned;

static void *
interrupt (void *arg)
{
  for (int i = 0; restarting ? i < 3 : !returned; i++)
    {
      pause_ms (10);
      pthread_kill (*(pthread_t *) arg, SIGUSR1);
    }
  write (ends[1], "x", 1);
  return NULL;
}

static void
interruptions (void)
{
  pthread_t t, me = pthread_self ();
  char c;

  for (restarting = 0; restarting < 2; restarting++)
    {
      pipe (ends);
      catch (SIGUSR1, restarting ? SA_RESTART : 0);
      got = 0;
      pthread_create (&t, NULL, interrupt, &me);
      say (read (ends[0], &c, 1));
      returned = 1;
      say (got == SIGUSR1);
      pthread_join (t, NULL);
    }
}

static void
on_timer (union sigval v)
{
  value = v.sival_int;
  sem_post (&semaphore);
}

static void
timers_with_threads (void)
{
  struct sigevent event = { .sigev_notify = SIGEV_THREAD,
			    .sigev_value.sival_int = 9 };
  struct itimerspec soon = { { 0, 0 }, { 0, 1000000 } };
  timer_t timer;
  sem_init (&semaphore, 0, 0);
  event.sigev_notify_function = on_timer;
  say (timer_create (CLOCK_MONOTONIC, &event, &timer));
  say (timer_settime (timer, 0, &soon, NULL));
  while (sem_wait (&semaphore) != 0)
    ;
  say (value);
  say (timer_delete (timer));
}

static void
timers (void)
{
  struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
			    .sigev_signo = SIGRTMIN,
			    .sigev_value.sival_int = 11 };
  struct itimerspec soon = { { 0, 0 }, { 0, 1000000 } };
  struct itimerval alarm = { { 0, 0 }, { 0, 1000 } };
  siginfo_t info;
  timer_t timer;
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGRTMIN);
  sigprocmask (SIG_BLOCK, &set, NULL);
  say (timer_create (CLOCK_MONOTONIC, &event, &timer));
  say (timer_settime (timer, 0, &soon, NULL));
  say (sigwaitinfo (&set, &info) == SIGRTMIN);
  say (info.si_value.sival_int);
  say (timer_delete (timer));
  catch (SIGALRM, 0);
  sigemptyset (&set);
  sigaddset (&set, SIGALRM);
  sigprocmask (SIG_BLOCK, &set, NULL);
  setitimer (ITIMER_REAL, &alarm, NULL);
  sigemptyset (&set);
  say (sigsuspend (&set));
  say (got == SIGALRM);
}

const struct check signal_checks[] = {
  CHECK (signals), CHECK (faults), CHECK (interruptions), CHECK (timers),
  CHECK (timers_with_threads),
  { NULL, NULL }
};
