/* A handler that provides a file: /nowhere/words, which is in no file system.

   SPDX-License-Identifier: LGPL-2.1-or-later

     pure-run --handler ./one-file.so -- cat /nowhere/words
     pure-run --handler ./reword.so --handler ./one-file.so -- echo hello

   In the second line it does so for the handler above it, reword.c, whose C library
   opens the file like any other.  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <purecc.h>

static const char name[] = "/nowhere/words";
static const char contents[] = "hello goodbye\nworld moon\n";

/* A descriptor from which CONTENTS can be read, or -errno.  */
static long
open_contents (long flags)
{
  long fd = pure_native_syscall (SYS_memfd_create, (long) name,
				 flags & O_CLOEXEC ? MFD_CLOEXEC : 0, 0, 0, 0, 0);

  if (fd >= 0)
    pure_native_syscall (SYS_pwrite64, fd, (long) contents, sizeof contents - 1, 0, 0,
			 0);
  return fd;
}

static long
one_file (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  if (number == SYS_openat && strcmp ((const char *) a2, name) == 0)
    return open_contents (a3);
  if (number == SYS_open && strcmp ((const char *) a1, name) == 0)
    return open_contents (a2);
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_DESCRIPTION ("provides /nowhere/words");
PURE_HANDLER ((pure_handler_t) (void (*) (void)) one_file);
