/* Signals that come in a call, out of one, in another's function and on a stack that is
   small: stack.sh compares the stacks that their lines have with strace's.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

/* A function of its own that doesn't end in a jump.  */
#define APART __attribute__ ((noinline)) static
#define STAYS __asm__ volatile ("")

static volatile int come;

APART void
on_alarm (int number)
{
  (void) number;
  come = 1;
}

APART void
innermost (int number)
{
  (void) number;
  syscall (SYS_getuid);
  STAYS;
}

APART void
send (int number)
{
  kill (getpid (), number);
  STAYS;
}

APART void
outer (int number)
{
  (void) number;
  send (SIGUSR2);
  STAYS;
}

APART void
go_on (int number, siginfo_t *info, void *context)
{
  (void) number, (void) info;
  send (SIGUSR2);
  /* After ud2.  */
  ((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP] += 2;
}

APART void
fail (void)
{
  __asm__ volatile ("ud2");
}

APART void
spin (void)
{
  while (!come)
    ;
}

APART void
wait_for_alarm (void)
{
  pause ();
  STAYS;
}

int
main (void)
{
  static char room[16384];
  const stack_t stack = { .ss_sp = room, .ss_size = sizeof room };
  const struct sigaction action = { .sa_sigaction = go_on,
                                    .sa_flags = SA_SIGINFO | SA_ONSTACK };
  struct itimerval soon = { .it_value = { 0, 100000 } };

  sigaltstack (&stack, NULL);
  sigaction (SIGILL, &action, NULL);
  signal (SIGUSR1, outer);
  signal (SIGUSR2, innermost);
  signal (SIGALRM, on_alarm);
  send (SIGUSR1);
  fail ();
  setitimer (ITIMER_REAL, &soon, NULL);
  spin ();
  setitimer (ITIMER_REAL, &soon, NULL);
  wait_for_alarm ();
  return 0;
}
