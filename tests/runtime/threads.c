/* Setting, replacing and clearing the pointer while other threads make calls:
   each call is made once, by a handler or by the kernel, with its own
   arguments.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <purecc.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include "check.h"

enum { THREADS = 4, ROUNDS = 20000, SWITCHES = 20000 };

static long
first (long number, long nr, ...)
{
  va_list list;
  va_start (list, nr);
  long a = va_arg (list, long);
  va_end (list);
  return number == SYS_close && nr == 1 ? -a : 0;
}

static long
second (long number, long nr, ...)
{
  va_list list;
  va_start (list, nr);
  long a = va_arg (list, long);
  va_end (list);
  return pure_native_syscall (number, a, 0, 0, 0, 0, 0);
}

/* Close a file descriptor that isn't there: the kernel says EBADF, `first'
   says the descriptor.  */
static void *
make_calls (void *arg)
{
  long fd = (long) arg;
  long failures = 0;
  for (int i = 0; i < ROUNDS; i++)
    {
      long result = site1 (SYS_close, fd);
      failures += result != -fd && result != -EBADF;
    }
  return (void *) failures;
}

int
main (void)
{
  pthread_t threads[THREADS];
  long failed = 0;

  for (long i = 0; i < THREADS; i++)
    pthread_create (&threads[i], NULL, make_calls, (void *) (900000 + i));
  for (int i = 0; i < SWITCHES; i++)
    __atomic_store_n (&__pure_syscall,
		      i % 3 == 0 ? first : i % 3 == 1 ? second : NULL,
		      __ATOMIC_RELAXED);
  __atomic_store_n (&__pure_syscall, NULL, __ATOMIC_RELAXED);
  for (int i = 0; i < THREADS; i++)
    {
      void *failures;
      pthread_join (threads[i], &failures);
      failed += (long) failures;
    }
  CHECK (failed == 0);
  return 0;
}
