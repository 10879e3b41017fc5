/* A thread that is cancelled while a handler is about to pass a blocking call
   on ends, as one does that is cancelled before the kernel is entered.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include "semantics.h"

/* For ACTION_SPIN: go on; is there.  */
static int spinning[2];
static int fds[2];

static void *
receiver (void *arg)
{
  char c;
  return recv (fds[0], &c, 1, 0) < 0 ? arg : NULL;
}

int
main (void)
{
  pthread_t thread;
  void *result;

  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  rule (SYS_recvfrom, ACTION_SPIN, (long) spinning);
  CHECK (pthread_create (&thread, NULL, receiver, NULL) == 0);
  while (!__atomic_load_n (&spinning[1], __ATOMIC_ACQUIRE))
    sched_yield ();
  CHECK (pthread_cancel (thread) == 0);
  __atomic_store_n (&spinning[0], 1, __ATOMIC_RELEASE);
  /* A thread that isn't cancelled waits for good.  */
  alarm (20);
  CHECK (pthread_join (thread, &result) == 0);
  CHECK (result == PTHREAD_CANCELED);
  return 0;
}
