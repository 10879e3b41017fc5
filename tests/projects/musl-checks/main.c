/* The checks' program:

     checks			prints their names
     checks NAME		makes one
     checks NAME handled	makes it with a handler that passes calls on

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include "checks.h"

/* Only a program that is linked with libpurecc has these.  */
extern long (*__pure_syscall) (long number, long nr, ...)
  __attribute__ ((__weak__));
extern long pure_native_syscall (long number, long a1, long a2, long a3,
				 long a4, long a5, long a6)
  __attribute__ ((__weak__));

char *self;
static unsigned long calls;

int
end_of (pid_t child)
{
  int status;

  while (waitpid (child, &status, 0) != child)
    if (errno != EINTR)
      return -1;
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1000 + WTERMSIG (status);
}

void
pause_ms (long ms)
{
  struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

  while (nanosleep (&t, &t) != 0)
    ;
}

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  __atomic_add_fetch (&calls, 1, __ATOMIC_RELAXED);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static const struct check *const lists[]
  = { thread_checks, process_checks, signal_checks,
      file_checks, socket_checks, state_checks };

static const struct check *
find (const char *name)
{
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    for (const struct check *c = lists[i]; c->name; c++)
      if (!name)
	puts (c->name);
      else if (strcmp (name, c->name) == 0)
	return c;
  return NULL;
}

int
main (int argc, char **argv)
{
  const struct check *check = find (argv[1]);

  if (!check)
    return argc > 1;
  self = argv[0];
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc > 2)
    __pure_syscall = pass;
  check->make ();
  return argc > 2 && calls == 0;
}
