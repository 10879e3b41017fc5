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

/* Closes nothing, and answers with the descriptor's number.  All else goes on, for
   threads begin and end.  */
static long
answer_close (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (long i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  if (number == SYS_close && nr == 1)
    return -a[0];
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Close a file descriptor that isn't there: the kernel says EBADF, and
   answer_close the descriptor.  */
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
  const pure_handler_t handlers[]
    = { answer_close, (pure_handler_t) pure_pass, NULL };
  pthread_t threads[THREADS];
  long failed = 0;

  for (long i = 0; i < THREADS; i++)
    pthread_create (&threads[i], NULL, make_calls, (void *) (900000 + i));
  for (int i = 0; i < SWITCHES; i++)
    __atomic_store_n (&__pure_syscall, handlers[i % 3], __ATOMIC_RELAXED);
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
