/* Reads the clocks; run by clocks.sh.  With an argument it installs a handler
   first, and says how many of each call that saw.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef long handler_t (long number, long nr, ...);

static int seen[512];

static long
count (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  if (number >= 0 && number < 512)
    seen[number]++;
  return syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int
main (int argc, char **argv)
{
  handler_t **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  struct timespec ts = { 0, 0 }, resolution = { 0, 0 };
  struct timeval tv = { 0, 0 };
  unsigned int cpu, node;
  int good = 1;

  (void) argv;
  if (argc > 1)
    *pointer = count;
  good &= clock_gettime (CLOCK_REALTIME, &ts) == 0 && ts.tv_sec > 1000000;
  good &= clock_getres (CLOCK_MONOTONIC, &resolution) == 0;
  good &= gettimeofday (&tv, NULL) == 0 && tv.tv_sec >= ts.tv_sec;
  /* Of the last tick: the second may have ended since.  */
  good &= time (NULL) >= ts.tv_sec - 1;
  good &= getcpu (&cpu, &node) == 0;
  good &= sched_getcpu () >= 0;
  good &= clock_gettime (12345, &ts) == -1;
  if (argc > 1)
    *pointer = NULL;

  printf ("good %d\nclock_gettime %d\nclock_getres %d\ngettimeofday %d\n"
	  "time %d\ngetcpu %d\n",
	  good, seen[SYS_clock_gettime], seen[SYS_clock_getres],
	  seen[SYS_gettimeofday], seen[SYS_time], seen[SYS_getcpu]);
  return !good;
}
