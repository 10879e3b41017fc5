/* Syscall User Dispatch, passing every call on: preloaded, it has all calls but
   its own arrive as SIGSYS.  It is a thread's own affair: threads are started
   by a function that turns it on first.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <linux/prctl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>

#include "sigsys.h"

static long
turn_on (void)
{
  return sigsys_native (SYS_prctl, PR_SET_SYSCALL_USER_DISPATCH,
			PR_SYS_DISPATCH_ON, (long) sigsys_begin,
			sigsys_end - sigsys_begin, 0, 0);
}

void
sigsys_forked (void)
{
  turn_on ();
}

struct start
{
  void *(*routine) (void *);
  void *argument;
};

static void *
start_thread (void *data)
{
  struct start start = *(struct start *) data;

  free (data);
  turn_on ();
  return start.routine (start.argument);
}

int
pthread_create (pthread_t *thread, const pthread_attr_t *attributes,
		void *(*routine) (void *), void *argument)
{
  static int (*real) (pthread_t *, const pthread_attr_t *, void *(*) (void *),
		      void *);
  struct start *start = malloc (sizeof *start);

  if (!start)
    return EAGAIN;
  *start = (struct start) { routine, argument };
  if (!real)
    real = dlsym (RTLD_NEXT, "pthread_create");
  return real (thread, attributes, start_thread, start);
}

__attribute__ ((constructor)) static void
install (void)
{
  if (!sigsys_start () || (errno = -turn_on ()) != 0)
    err (2, "Syscall User Dispatch can't be had here");
}
