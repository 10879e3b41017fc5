/* A signal that arrives while a handler's native call blocks has its own
   calls diverted; and after a siglongjmp out of it, the pointer is as good as
   before.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static volatile int diverted;
static volatile long in_signal;
static sigjmp_buf out;
static int jump;

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);

  diverted++;
  if (number == 1000)
    return 4711;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void
on_alarm (int signal)
{
  (void) signal;
  in_signal = site0 (1000);
  if (jump)
    siglongjmp (out, 1);
}

int
main (void)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = on_alarm;
  CHECK (sigaction (SIGALRM, &action, NULL) == 0);

  for (jump = 0; jump < 2; jump++)
    {
      long result = 0;
      in_signal = 0;
      diverted = 0;
      ualarm (20000, 0);
      __pure_syscall = pass;
      if (sigsetjmp (out, 1) == 0)
	result = site0 (SYS_pause);
      else
	result = -EINTR;
      CHECK (result == -EINTR);
      CHECK (in_signal == 4711);
      CHECK (site0 (1000) == 4711);
      __pure_syscall = NULL;
      CHECK (diverted >= 3);
    }
  return 0;
}
