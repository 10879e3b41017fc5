/* A program for static.sh: makes system calls of many kinds under a handler,
   between two lines that it writes.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <purecc.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void *
thread (void *arg)
{
  free (malloc (1000000));
  usleep (1);
  return arg;
}

static void
on_signal (int number)
{
  close (-number);
}

int
main (void)
{
  static ucontext_t context;
  char line[200];
  pthread_t t;
  int status;
  pid_t pid;

  pure_set_handler (pass);
  if (write (1, "begin\n", 6) != 6)
    return 1;
  for (int i = 0; i < 20; i++)
    if (pthread_create (&t, NULL, thread, NULL) != 0
	|| pthread_join (t, NULL) != 0)
      return 2;
  if ((pid = fork ()) == 0)
    _exit (3);
  waitpid (pid, &status, 0);
  if ((pid = vfork ()) == 0)
    _exit (4);
  waitpid (pid, &status, 0);
  signal (SIGUSR1, on_signal);
  raise (SIGUSR1);
  FILE *f = fopen ("/etc/passwd", "r");
  if (!f || !fgets (line, sizeof line, f))
    return 5;
  fclose (f);
  time_t now = time (NULL);
  struct timespec ts;
  clock_gettime (CLOCK_MONOTONIC, &ts);
  getcontext (&context);
  if (now == 0 || system ("exit 6") >> 8 != 6)
    return 6;
  return write (1, "end\n", 4) != 4;
}
