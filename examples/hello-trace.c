/* A program that traces its own system calls.

   SPDX-License-Identifier: LGPL-2.1-or-later

     cc hello-trace.c -o hello-trace -ldl
     pure-run ./hello-trace

   It finds the pointer by name, so that it needs nothing to be built with,
   and runs on any C library; only on a pure one is there something to trace.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef long handler_t (long number, long nr, ...);

/* A handler may be called in the middle of malloc or of printf: it builds its
   line in an array of its own, and writes it with one call.  Inside a handler
   the C library's calls go to the kernel, so that write () doesn't come back
   here.  snprintf with integers takes no lock and allocates nothing.  */
static long
trace (long number, long nr, ...)
{
  char line[256];
  long arg[6] = { 0 };
  va_list list;
  int n = snprintf (line, sizeof line, "[call %ld", number);

  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    {
      arg[i] = va_arg (list, long);
      n += snprintf (line + n, sizeof line - n, " %#lx", arg[i]);
    }
  va_end (list);
  n += snprintf (line + n, sizeof line - n, "]\n");
  if (write (STDERR_FILENO, line, n) < 0)
    return -1;

  return syscall (number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

int
main (void)
{
  handler_t **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");

  if (!pointer)
    {
      puts ("this C library is not pure: nothing is traced");
      return 1;
    }
  *pointer = trace;
  puts ("hello, world");
  fflush (stdout);
  *pointer = NULL;
  puts ("and not traced any more");
  return 0;
}
