/* pure_native_syscall and pure_pass: they make the call in the kernel whatever
   the pointer is, with all six arguments, and leave errno alone.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static long
refuse (long number, long nr, ...)
{
  (void) number, (void) nr;
  return -ENOSYS;
}

static long passed;

static long
pass (long number, long nr, long a1, long a2, long a3, long a4, long a5,
      long a6)
{
  passed++;
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

int
main (void)
{
  long page = sysconf (_SC_PAGESIZE);
  int fd = memfd_create ("native", 0);
  CHECK (fd >= 0 && ftruncate (fd, 2 * page) == 0);
  CHECK (pwrite (fd, "second", 7, page) == 7);
  pid_t pid = getpid ();

  errno = EXDEV;
  __pure_syscall = refuse;
  CHECK (site0 (SYS_getpid) == -ENOSYS);
  CHECK (pure_native_syscall (SYS_getpid, 0, 0, 0, 0, 0, 0) == pid);
  CHECK (pure_native_syscall (SYS_close, -1, 0, 0, 0, 0, 0) == -EBADF);
  CHECK (pure_native_syscall (500, 0, 0, 0, 0, 0, 0) == -ENOSYS);
  long map = pure_native_syscall (SYS_mmap, 0, page, PROT_READ, MAP_PRIVATE,
				  fd, page);
  CHECK (map > 0 && strcmp ((char *) map, "second") == 0);
  CHECK (pure_pass (SYS_getpid, 0, 0, 0, 0, 0, 0, 0) == pid);

  static void *const handlers[] = { (void *) pure_pass, (void *) pass };
  for (int i = 0; i < 2; i++)
    {
      __pure_syscall = (pure_handler_t) handlers[i];
      CHECK (site0 (SYS_getpid) == pid);
      CHECK (site1 (SYS_close, -1) == -EBADF);
      CHECK (site3 (SYS_lseek, fd, 1, SEEK_SET) == 1);
      map = site6 (SYS_mmap, 0, page, PROT_READ, MAP_PRIVATE, fd, page);
      CHECK (map > 0 && strcmp ((char *) map, "second") == 0);
      CHECK (passed == 4 * i);
    }
  CHECK (errno == EXDEV);
  __pure_syscall = NULL;
  return 0;
}
