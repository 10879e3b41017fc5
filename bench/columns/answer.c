/* A handler that answers micro's calls itself, and passes on all others.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include "probe.h"

enum { A_FILE = 1 << 20 };
static char a_mapping[MICRO_MAPPED];

/* In place of strcmp: a handler that calls nothing saves nothing.  */
static inline int
same (const char *a, const char *b)
{
  while (*a && *a == *b)
    a++, b++;
  return *a == *b;
}

/* The arguments as six, as pure_pass takes them.  */

static __attribute__ ((__noinline__)) long
answer_others (long number, long nr, long a1, long a2, long a3, long a4,
	       long a5, long a6)
{
  struct timespec *time = (struct timespec *) a2;

  PROBE_ANSWER (number);
  switch (number)
    {
    case SYS_read:
      if (a3 == 0)
	return 0;
      break;
    case SYS_pread64:
      if (a3 == MICRO_READ)
	return MICRO_READ;
      break;
    case SYS_openat:
      if (same ((const char *) a2, MICRO_FILE))
	return A_FILE;
      break;
    case SYS_close:
      if (a1 == A_FILE)
	return 0;
      break;
    case SYS_futex:
      if (a2 == FUTEX_WAKE_PRIVATE && a3 == MICRO_WAITERS)
	return 0;
      break;
    case SYS_mmap:
      if (a2 == MICRO_MAPPED && a3 == PROT_NONE)
	return (long) a_mapping;
      break;
    case SYS_munmap:
      if (a1 == (long) a_mapping)
	return 0;
      break;
    case SYS_clock_gettime:
      if (a1 != CLOCK_MONOTONIC)
	break;
      *time = (struct timespec) { 1, 0 };
      return 0;
    case MICRO_NO_CALL:
      return -ENOSYS;
    }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

/* What measures the dispatch comes first, in a function that saves nothing.  */

static long
answer (long number, long nr, long a1, long a2, long a3, long a4, long a5,
	long a6)
{
  if (number == SYS_getppid)
    return 1;
  return answer_others (number, nr, a1, a2, a3, a4, a5, a6);
}

#ifndef ANSWER_FLAGS
# define ANSWER_FLAGS 0
#endif

PURE_HANDLER_FLAGS ((pure_handler_t) (void (*) (void)) answer, pure_no_init,
		    ANSWER_FLAGS);
