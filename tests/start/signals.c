/* Programs are executed while signals come.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wclobbered"

static volatile sig_atomic_t ticks;

static void
tick (int number)
{
  (void) number;
  ticks++;
}

int
main (int argc, char **argv)
{
  struct itimerval often = { { 0, 200 }, { 0, 200 } }, never = { { 0, 0 }, { 0, 0 } };
  int times = argc > 1 ? atoi (argv[1]) : 100, status, failures = 0;

  signal (SIGALRM, tick);
  setitimer (ITIMER_REAL, &often, NULL);
  for (int i = 0; i < times; i++)
    {
      pid_t pid = i % 2 ? fork () : vfork ();
      if (pid == 0)
	{
	  execl ("/nonexistent", "x", (char *) NULL);
	  execl ("/bin/sh", "sh", "-c", "exit 7", (char *) NULL);
	  _exit (1);
	}
      if (pid < 0)
	continue;
      while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
	continue;
      failures += !WIFEXITED (status) || WEXITSTATUS (status) != 7;
    }
  setitimer (ITIMER_REAL, &never, NULL);
  printf ("%d failures, ticks %d\n", failures, ticks > 0);
  return 0;
}
