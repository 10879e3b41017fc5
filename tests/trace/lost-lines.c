/* A program whose trace can't be written: it goes on, with the mask of signals and
   the signals that it has natively.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t alarms, others;

static void
on_signal (int number)
{
  if (number == SIGALRM)
    alarms = alarms + 1;
  else
    others = others + 1;
}

int
main (int argc, char **argv)
{
  const struct itimerval often = { { 0, 200 }, { 0, 200 } };
  const struct itimerval never = { { 0, 0 }, { 0, 0 } };
  const char *ways = argc > 1 ? argv[1] : "";
  sigset_t mask, pending;
  int status;

  /* By default they kill.  */
  signal (SIGPIPE, strchr (ways, 'f') ? on_signal : SIG_DFL);
  signal (SIGXFSZ, strchr (ways, 'f') ? on_signal : SIG_DFL);
  signal (SIGALRM, on_signal);
  setitimer (ITIMER_REAL, &often, NULL);
  for (int i = 0; i < 2000 || alarms < 50; i++)
    getppid ();
  setitimer (ITIMER_REAL, &never, NULL);
  sigprocmask (SIG_BLOCK, NULL, &mask);
  sigpending (&pending);
  printf ("blocked %d %d pending %d %d came %d\n", sigismember (&mask, SIGPIPE),
	  sigismember (&mask, SIGXFSZ), sigismember (&pending, SIGPIPE),
	  sigismember (&pending, SIGXFSZ), (int) others);
  fflush (stdout);
  if (strchr (ways, 'c'))
    {
      /* A child has lost lines of its own only.  */
      if (fork () == 0)
	_exit (0);
      wait (&status);
    }
  if (strchr (ways, 'e'))
    fclose (stderr);
  if (strchr (ways, 'x'))
    syscall (SYS_exit, 3);
  return 3;
}
