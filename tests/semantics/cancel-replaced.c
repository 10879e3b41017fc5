/* A thread in a call of which a handler has made another one is cancelled in that, and
   before it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include "semantics.h"

enum { ROUNDS = 50 };

static int fds[2];
static int reading;

static void *
reader (void *arg)
{
  char c;
  __atomic_store_n (&reading, 1, __ATOMIC_RELEASE);
  return read (fds[0], &c, 1) < 0 ? arg : NULL;
}

static void
check (int wait)
{
  pthread_t thread;
  void *result;

  reading = 0;
  CHECK (pthread_create (&thread, NULL, reader, NULL) == 0);
  while (!__atomic_load_n (&reading, __ATOMIC_ACQUIRE))
    sched_yield ();
  usleep (wait);
  CHECK (pthread_cancel (thread) == 0);
  CHECK (pthread_join (thread, &result) == 0);
  CHECK (result == PTHREAD_CANCELED);
}

int
main (void)
{
  char c;

  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  rule (SYS_read, ACTION_RECEIVE, fds[0]);
  /* A thread that isn't cancelled waits for good.  */
  alarm (60);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      CHECK (write (fds[1], "x", 1) == 1 && read (fds[0], &c, 1) == 1);
      for (int round = 0; round < ROUNDS; round++)
	check (round % 4 * 500);
    }
  return 0;
}
