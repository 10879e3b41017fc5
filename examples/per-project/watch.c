/* A handler: counts the calls, and refuses to unlink.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <errno.h>
#include <purecc.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>

extern void watch_start (void);
extern int watch_end (void);

static int calls;

static long
watch (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;

  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);

  __atomic_add_fetch (&calls, 1, __ATOMIC_RELAXED);
  if (number == SYS_unlink)
    return -EPERM;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void
watch_start (void)
{
  pure_set_handler (watch);
}

int
watch_end (void)
{
  pure_set_handler (NULL);
  printf ("%d calls were seen\n", calls);
  return 0;
}
