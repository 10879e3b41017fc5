/* A handler's result is the site's, raw, in either convention: -errno, and -1
   with errno set.  errno is as it was, whatever the handler does to it, and
   libc's functions set it where the kernel's error would have.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "semantics.h"

enum { UNTOUCHED = 12345 };

/* The site sees EXPECTED, and errno isn't touched.  */
static void
check_site (long expected)
{
  errno = UNTOUCHED;
  CHECK (site0 (CONTROL_PROBE) == expected);
  CHECK (site6 (CONTROL_PROBE, 1, 2, 3, 4, 5, 6) == expected);
  CHECK (errno == UNTOUCHED);
}

/* syscall () turns what is an error to the kernel into errno.  */
static void
check_syscall (long expected)
{
  errno = UNTOUCHED;
  long result = syscall (CONTROL_PROBE);
  if (expected >= -4095 && expected < 0)
    CHECK (result == -1 && errno == -expected);
  else
    CHECK (result == expected && errno == UNTOUCHED);
}

static void
check_errors (void)
{
  for (long error = 1; error <= 4095; error++)
    {
      rule (CONTROL_PROBE, ACTION_RETURN, -error);
      check_site (-error);
      check_syscall (-error);
      rule (CONTROL_PROBE, ACTION_ERRNO, error);
      check_site (-error);
      check_syscall (-error);
    }
}

static void
check_successes (void)
{
  static const long values[]
    = { 0,	  1,	      4095,	   -4096,	 -4097,
	-5000,	  INT_MAX,    INT_MIN,	   UINT_MAX,	 INT_MAX + 1L,
	1L << 32, 1L << 62,   LONG_MAX,	   LONG_MIN,	 INT_MIN - 1L,
	-65536,	  -(1L << 32),  (1L << 32) - 1, -(1L << 32) - 1, LONG_MIN + 1 };

  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    {
      rule (CONTROL_PROBE, ACTION_RETURN, values[i]);
      check_site (values[i]);
      check_syscall (values[i]);
    }
  rule (CONTROL_PROBE, ACTION_PASS, 0);
  check_site (-ENOSYS);
  check_syscall (-ENOSYS);
}

/* The same by functions of the C library.  */
static void
check_functions (void)
{
  static const long offsets[] = { 1L << 40, LONG_MAX, -4096, -(1L << 40) };

  for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
    {
      errno = UNTOUCHED;
      rule (SYS_lseek, ACTION_RETURN, offsets[i]);
      rule (SYS_mmap, ACTION_RETURN, offsets[i]);
      off_t offset = lseek (-1, 0, SEEK_CUR);
      void *address = mmap (NULL, 1, 0, MAP_SHARED, -1, 0);
      rule (SYS_lseek, ACTION_PASS, 0);
      rule (SYS_mmap, ACTION_PASS, 0);
      CHECK (offset == offsets[i]);
      CHECK ((long) address == offsets[i]);
      CHECK (errno == UNTOUCHED);
    }
  rule (SYS_lseek, ACTION_ERRNO, ESPIPE);
  rule (SYS_mmap, ACTION_RETURN, -4095);
  errno = 0;
  CHECK (lseek (1, 0, SEEK_CUR) == -1 && errno == ESPIPE);
  CHECK (mmap (NULL, 1, 0, MAP_SHARED, -1, 0) == MAP_FAILED && errno == 4095);
  rule (SYS_lseek, ACTION_PASS, 0);
  rule (SYS_mmap, ACTION_PASS, 0);
}

/* The kernel's own results, passed on.  */
static void
check_kernel (void)
{
  int fd = memfd_create ("results", 0);

  CHECK (fd >= 0);
  errno = UNTOUCHED;
  CHECK (lseek (fd, 1L << 40, SEEK_SET) == 1L << 40);
  CHECK (site3 (SYS_lseek, fd, 5L << 33, SEEK_SET) == 5L << 33);
  CHECK (lseek (fd, 0, SEEK_END) == 0);
  void *page = mmap (NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
  CHECK ((intptr_t) page >> 32 != 0 && page != MAP_FAILED);
  CHECK (munmap (page, 4096) == 0);
  CHECK (close (fd) == 0);
  CHECK (errno == UNTOUCHED);
  CHECK (close (fd) == -1 && errno == EBADF);
  CHECK (munmap ((void *) 1, 1) == -1 && errno == EINVAL);
  errno = UNTOUCHED;
  CHECK (site1 (SYS_close, fd) == -EBADF);
  CHECK (site1 (SYS_chdir, 1) == -EFAULT);
  CHECK (errno == UNTOUCHED);
  CHECK (syscall (SYS_close, fd) == -1 && errno == EBADF);
}

static void *
check_all (void *arg)
{
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      check_kernel ();
    }
  pass_by (PASS_NATIVE);
  if (way () != NO_HANDLER)
    {
      check_errors ();
      check_successes ();
      check_functions ();
    }
  return arg;
}

int
main (void)
{
  pthread_t thread;

  check_all (NULL);
  CHECK (pthread_create (&thread, NULL, check_all, NULL) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  return 0;
}
