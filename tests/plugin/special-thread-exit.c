/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A thread that ends in the handler, as one that is cancelled does: what is to
   be cleaned up is, in the function with the site and in its callers.  */
/* flags: -fexceptions -pthread */
/* variants: -O0 | -O2 | -O2 -static */
#include "testing.h"

#include <pthread.h>
#include <stddef.h>

static int cleaned;

static void
clean (int *weight)
{
  cleaned += *weight;
}

static long
ending_handler (long number, long nr, ...)
{
  (void) number, (void) nr;
  pthread_exit (NULL);
}

__attribute__ ((noinline)) static long
with_site (long a)
{
  int weight __attribute__ ((cleanup (clean))) = 1;
  register long r10 __asm__ ("r10") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (1L), "r" (r10)
		    : CLOBBERS);
  return result;
}

static void *
thread (void *argument)
{
  int weight __attribute__ ((cleanup (clean))) = 10;
  with_site ((long) argument);
  cleaned += 100;
  return NULL;
}

void
test (void)
{
  pthread_t id;

  if (!handled)
    return;
  cleaned = 0;
  __pure_syscall = ending_handler;
  check_equal (pthread_create (&id, NULL, thread, NULL), 0);
  check_equal (pthread_join (id, NULL), 0);
  __pure_syscall = recording_handler;
  check_equal (cleaned, 11);
}
