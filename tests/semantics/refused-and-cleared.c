/* A handler refuses a new thread's rseq, and is gone when the C library looks
   why that was: the kernel is asked then, and the process goes on.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: off */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include "semantics.h"
#include "rseq.h"

enum { THREADS = 20 };

static int refused;

static long
refuse_once (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;

  if (number == SYS_rseq)
    {
      refused++;
      __pure_syscall = NULL;
      return -ENOSYS;
    }
  va_start (list, nr);
  for (long i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void *
find_cpu (void *cpu)
{
  *(int *) cpu = rseq_cpu ();
  return cpu;
}

int
main (void)
{
  pthread_t thread;
  int here = rseq_cpu (), cpu;

  for (int i = 0; i < THREADS; i++)
    {
      __pure_syscall = refuse_once;
      CHECK (pthread_create (&thread, NULL, find_cpu, &cpu) == 0);
      CHECK (pthread_join (thread, NULL) == 0);
      /* A kernel may have none.  */
      CHECK (here < 0 || (refused == i + 1 && cpu >= 0));
    }
  return 0;
}
