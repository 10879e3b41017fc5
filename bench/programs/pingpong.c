/* Two threads that wake each other by futexes, in turn.

   SPDX-License-Identifier: GPL-3.0-or-later

     pingpong TURNS  */

#define _GNU_SOURCE
#include <err.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static long turns;
/* Whose turn it is.  */
static atomic_int turn;

static void
wait_for (int mine)
{
  while (atomic_load (&turn) != mine)
    syscall (SYS_futex, &turn, FUTEX_WAIT_PRIVATE, !mine, NULL, NULL, 0);
}

static void
pass_to (int other)
{
  atomic_store (&turn, other);
  syscall (SYS_futex, &turn, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *
answer (void *unused)
{
  for (long i = 0; i < turns; i++)
    {
      wait_for (1);
      pass_to (0);
    }
  return unused;
}

int
main (int argc, char **argv)
{
  pthread_t thread;

  turns = argc > 1 ? atol (argv[1]) : 0;
  if (turns <= 0)
    errx (2, "usage: pingpong TURNS");
  if (pthread_create (&thread, NULL, answer, NULL) != 0)
    errx (2, "no thread");
  for (long i = 0; i < turns; i++)
    {
      pass_to (1);
      wait_for (0);
    }
  return pthread_join (thread, NULL) != 0;
}
