/* A handler that shows a program another /etc/passwd.

   SPDX-License-Identifier: LGPL-2.1-or-later

     cc -shared -fPIC passwd-redirect.c -o passwd-redirect.so
     OTHER_PASSWD=$PWD/passwd pure-run --handler ./passwd-redirect.so \
       --same-namespace cat /etc/passwd

   Preloaded into a program on a pure glibc, it opens the file that OTHER_PASSWD
   names wherever the program opens /etc/passwd, by whatever function, and
   whichever library the call is made in.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef long handler_t (long number, long nr, ...);

static const char *other;

/* Which argument of call NUMBER is the name of a file to open; -1: none is.  */
static int
opened_name (long number)
{
  switch (number)
    {
    case SYS_open:
      return 0;
    case SYS_openat:
    case SYS_openat2:
      return 1;
    default:
      return -1;
    }
}

static long
redirect (long number, long nr, ...)
{
  long arg[6] = { 0 };
  va_list list;

  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    arg[i] = va_arg (list, long);
  va_end (list);

  int name = opened_name (number);
  if (name >= 0 && arg[name]
      && strcmp ((const char *) arg[name], "/etc/passwd") == 0)
    arg[name] = (long) other;
  /* -1 and errno, or -errno: a handler may return either.  */
  return syscall (number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

__attribute__ ((constructor)) static void
install (void)
{
  handler_t **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  other = getenv ("OTHER_PASSWD");
  if (pointer && other)
    *pointer = redirect;
}
