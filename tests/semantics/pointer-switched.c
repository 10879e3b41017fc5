/* The pointer is set, replaced and cleared, by two threads, while others make
   calls: each call is made once, either by the kernel or by one of the
   handlers, whole: with its own number, count and arguments.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <purecc.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../runtime/check.h"

enum { CALLERS = 3, CALLS = 5000, KINDS = 3 };

/* Written to by each call, once: what the kernel made of them is the sum.  */
static int sum;
static const uint64_t one = 1;
static long calls, answered, passed, wrong;
static int callers_left = CALLERS;
static pthread_barrier_t barrier;
static pure_handler_t initial;

#define INCREMENT(object) __atomic_fetch_add (&(object), 1, __ATOMIC_RELAXED)
#define LOAD(object) __atomic_load_n (&(object), __ATOMIC_RELAXED)

/* Are these the arguments of a call that make_call makes?  */
static int
whole (const long *a)
{
  return a[0] == sum && a[1] == (long) &one && a[2] == sizeof one;
}

static void
count_passed (long number)
{
  if (number == SYS_write)
    INCREMENT (passed);
}

#define GET_ARGUMENTS							\
  long a[6] = { 0 };							\
  va_list list;								\
  va_start (list, nr);							\
  for (int i = 0; i < nr; i++)						\
    a[i] = va_arg (list, long);						\
  va_end (list);							\
  if (number == SYS_write && !whole (a))				\
    INCREMENT (wrong)

static long
answer (long number, long nr, ...)
{
  GET_ARGUMENTS;
  if (number != SYS_write)
    return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
  INCREMENT (answered);
  errno = EIO;
  return sizeof one;
}

static long
pass (long number, long nr, ...)
{
  GET_ARGUMENTS;
  count_passed (number);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static long
pass_by_syscall (long number, long nr, ...)
{
  GET_ARGUMENTS;
  count_passed (number);
  return syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* By a guarded site, by the thunk, and by libc.  */
static long
make_call (int kind)
{
  long result;
  switch (kind % KINDS)
    {
    case 0:
      return site3 (SYS_write, sum, (long) &one, sizeof one);
    case 1:
      __asm__ __volatile__ ("nop\n\tsyscall"
			    : "=a" (result)
			    : "0" ((long) SYS_write), "D" ((long) sum),
			      "S" (&one), "d" (sizeof one)
			    : "rcx", "r11", "memory");
      return result;
    default:
      return write (sum, &one, sizeof one);
    }
}

/* Until there have been enough, by either of the handlers.  */
static void *
make_calls (void *arg)
{
  pthread_barrier_wait (&barrier);
  for (int i = 0; i < CALLS || LOAD (answered) == 0 || LOAD (passed) == 0; i++)
    {
      INCREMENT (calls);
      errno = EXDEV;
      if (make_call (i) != sizeof one || errno != EXDEV)
	INCREMENT (wrong);
    }
  __atomic_fetch_sub (&callers_left, 1, __ATOMIC_RELAXED);
  return arg;
}

/* One stores, the other calls the function, as long as there are calls.  */
static void *
switch_pointer (void *by_function)
{
  pure_handler_t values[]
    = { answer, pass, NULL, pass_by_syscall, initial, pass };

  pthread_barrier_wait (&barrier);
  for (int i = 0; LOAD (callers_left) > 0; i++)
    {
      pure_handler_t value = values[i % (sizeof values / sizeof *values)];
      if (by_function)
	pure_set_handler (value);
      else
	__atomic_store_n (&__pure_syscall, value, __ATOMIC_RELAXED);
      if (i % 5 == 0)
	sched_yield ();
    }
  return NULL;
}

int
main (void)
{
  pthread_t threads[CALLERS + 2];
  uint64_t made = 0;

  initial = __pure_syscall;
  sum = eventfd (0, EFD_NONBLOCK);
  CHECK (sum >= 0);
  CHECK (pthread_barrier_init (&barrier, NULL, CALLERS + 2) == 0);
  for (int i = 0; i < CALLERS + 2; i++)
    CHECK (pthread_create (&threads[i], NULL,
			   i < CALLERS ? make_calls : switch_pointer,
			   i == CALLERS ? &sum : NULL)
	   == 0);
  for (int i = 0; i < CALLERS + 2; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
  __pure_syscall = initial;
  CHECK (wrong == 0);
  CHECK (read (sum, &made, sizeof made) == sizeof made);
  CHECK ((long) made + answered == calls);
  return 0;
}
