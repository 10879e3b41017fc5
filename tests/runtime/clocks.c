/* What the vDSO could answer is the kernel's if it is a system call of the
   program's own, or of a handler's own: a bad pointer is EFAULT, by
   pure_native_syscall, by pure_pass and by a site under a handler that passes
   on, in whatever way, and the errno isn't touched.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "check.h"

static int seen;

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  seen++;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static long
direct (long number, long a, long b, long c)
{
  return pure_native_syscall (number, a, b, c, 0, 0, 0);
}

static long
thunked (long number, long a, long b, long c)
{
  long result;
  __asm__ __volatile__ ("nop\n\tsyscall"
			: "=a" (result)
			: "0" (number), "D" (a), "S" (b), "d" (c)
			: "rcx", "r11", "memory");
  return result;
}

typedef long call_t (long number, long a, long b, long c);

static void
check_bad (call_t *call, void *bad)
{
  long p = (long) bad;

  CHECK (call (SYS_clock_gettime, CLOCK_MONOTONIC, p, 0) == -EFAULT);
  CHECK (call (SYS_clock_getres, CLOCK_MONOTONIC, p, 0) == -EFAULT);
  CHECK (call (SYS_gettimeofday, p, 0, 0) == -EFAULT);
  CHECK (call (SYS_time, p, 0, 0) == -EFAULT);
  CHECK (call (SYS_getcpu, p, 0, 0) == -EFAULT);
  CHECK (call (SYS_getcpu, 0, p, 0) == -EFAULT);
}

static void
check_good (call_t *call)
{
  struct timespec ts = { 0, 0 }, resolution = { 0, 0 };
  struct timeval tv = { 0, 0 };
  unsigned int cpu = -1, node = -1;
  long t = 0;

  CHECK (call (SYS_clock_gettime, CLOCK_REALTIME, (long) &ts, 0) == 0
	 && ts.tv_sec > 1000000);
  CHECK (call (SYS_clock_getres, CLOCK_MONOTONIC, (long) &resolution, 0) == 0
	 && resolution.tv_nsec > 0);
  CHECK (call (SYS_gettimeofday, (long) &tv, 0, 0) == 0
	 && tv.tv_sec >= ts.tv_sec);
  /* It is of the last tick: a second's first moments still belong to the one
     before.  */
  CHECK (call (SYS_time, (long) &t, 0, 0) == t && t >= ts.tv_sec - 1);
  CHECK (call (SYS_getcpu, (long) &cpu, (long) &node, 0) == 0
	 && cpu < 1u << 20);
}

/* Nothing to write to, and clocks that there are none of.  */
static void
check_null (call_t *call)
{
  struct timespec ts;

  CHECK (call (SYS_clock_gettime, CLOCK_REALTIME, 0, 0) == -EFAULT);
  CHECK (call (SYS_clock_getres, CLOCK_REALTIME, 0, 0) == 0);
  CHECK (call (SYS_gettimeofday, 0, 0, 0) == 0);
  CHECK (call (SYS_time, 0, 0, 0) > 1000000);
  CHECK (call (SYS_getcpu, 0, 0, 0) == 0);
  CHECK (call (SYS_clock_gettime, 12345, (long) &ts, 0) == -EINVAL);
  CHECK (call (SYS_clock_getres, 12345, (long) &ts, 0) == -EINVAL);
}

static void
check (call_t *call, char *end)
{
  errno = EXDEV;
  check_good (call);
  check_null (call);
  check_bad (call, (void *) -1L);
  check_bad (call, (void *) 1);
  check_bad (call, end);
  /* The first byte could be written.  */
  check_bad (call, end - 1);
  CHECK (errno == EXDEV);
}

int
main (void)
{
  long page = sysconf (_SC_PAGESIZE);
  char *pages = mmap (NULL, 2 * page, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  CHECK (pages != MAP_FAILED && mprotect (pages + page, page, PROT_NONE) == 0);
  check (direct, pages + page);
  pure_handler_t handlers[] = { pass, (pure_handler_t) (void (*) (void))
				  pure_pass };
  for (int i = 0; i < 2; i++)
    {
      __pure_syscall = handlers[i];
      check (site3, pages + page);
      check (thunked, pages + page);
      __pure_syscall = NULL;
    }
  CHECK (seen > 0);
  return 0;
}
