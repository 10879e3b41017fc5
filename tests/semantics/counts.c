/* A handler hears how many arguments a call has, also where the C library passes six
   whatever the number is: by syscall (), at cancellation points of programs with
   threads and without, and at sites in assembly.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "semantics.h"

enum { MISSING = CONTROL_NUMBERS - 1 };

static void
check_syscall (void)
{
  char c;

  CHECK (syscall (SYS_read, -1, &c, 1) == -1);
  CHECK (counted (SYS_read) == 3);
  CHECK (syscall (SYS_getppid) == getppid ());
  CHECK (counted (SYS_getppid) == 0);
  CHECK (syscall (SYS_mmap, 0, 0, 0, 0, -1, 0) == -1);
  CHECK (counted (SYS_mmap) == 6);
  CHECK (syscall (SYS_close, -1) == -1);
  CHECK (counted (SYS_close) == 1);
  /* Of what nobody knows all that there could be.  */
  CHECK (syscall (MISSING) == -1);
  CHECK (counted (MISSING) == 6);
  CHECK (syscall (-1) == -1);
}

static void
check_cancellation_points (void)
{
  struct pollfd none = { .fd = -1 };
  const struct timespec no_time = { 0, 0 };
  char c;

  /* Other counts, in between.  */
  CHECK (syscall (SYS_read, -1, &c, 1) == -1);
  CHECK (read (-1, &c, 1) == -1);
  CHECK (counted (SYS_read) == 3);
  CHECK (poll (&none, 1, 0) == 0);
  CHECK (counted (SYS_poll) == 3);
  CHECK (clock_nanosleep (CLOCK_MONOTONIC, 0, &no_time, NULL) == 0);
  CHECK (counted (SYS_clock_nanosleep) == 4);
  CHECK (pwrite (-1, "x", 1, 0) == -1);
  CHECK (counted (SYS_pwrite64) == 4);
  CHECK (waitpid (-1, NULL, WNOHANG) == -1);
  CHECK (counted (SYS_wait4) == 4);
}

static void *
thread (void *arg)
{
  check_cancellation_points ();
  return arg;
}

static int
child (void *arg)
{
  (void) arg;
  return 0;
}

static void
check_assembly (void)
{
  static char stack[65536];
  int status;

  pid_t id = clone (child, stack + sizeof stack, SIGCHLD, NULL);
  CHECK (id > 0 && waitpid (id, &status, 0) == id && status == 0);
  CHECK (counted (SYS_clone) == 5);
  id = vfork ();
  if (id == 0)
    _exit (0);
  CHECK (id > 0 && waitpid (id, &status, 0) == id && status == 0);
  CHECK (counted (SYS_vfork) == 0);
}

int
main (void)
{
  pthread_t other;

  check_syscall ();
  check_cancellation_points ();
  check_assembly ();
  CHECK (pthread_create (&other, NULL, thread, NULL) == 0);
  CHECK (pthread_join (other, NULL) == 0);
  return 0;
}
