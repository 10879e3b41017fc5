/* The guards that are called: to the kernel while the pointer is NULL, and to a
   handler, each argument reaches its place.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"
#include "draw.h"
#include "record.h"

extern long __pure_guard0 (long number);
extern long __pure_guard1 (long a1, long number);
extern long __pure_guard2 (long a1, long a2, long number);
extern long __pure_guard3 (long a1, long a2, long a3, long number);
extern long __pure_guard4 (long a1, long a2, long a3, long a4, long number);
extern long __pure_guard5 (long a1, long a2, long a3, long a4, long a5,
			   long number);
extern long __pure_guard6 (long a1, long a2, long a3, long a4, long a5, long a6,
			   long number);

/* Calls whose result depends on each argument, the last one too.  */
static void
to_kernel (const char *program)
{
  int file = __pure_guard3 ((long) program, 0, 0, SYS_open);
  char bytes[8], more[sizeof bytes];

  CHECK (file >= 0);
  CHECK (__pure_guard0 (SYS_getpid) == getpid ());
  CHECK (__pure_guard1 (-1, SYS_close) == -EBADF);
  CHECK (__pure_guard3 (file, (long) bytes, sizeof bytes, SYS_read)
	 == sizeof bytes);
  CHECK (memcmp (bytes, "\177ELF", 4) == 0);
  CHECK (__pure_guard4 (file, (long) more, sizeof more - 2, 2, SYS_pread64)
	 == sizeof more - 2);
  CHECK (memcmp (more, bytes + 2, sizeof more - 2) == 0);
  CHECK (__pure_guard5 (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0, SYS_prctl) >= 0);
  CHECK (__pure_guard5 (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 1, SYS_prctl)
	 == -EINVAL);
  CHECK (__pure_guard6 (0, 4096, PROT_READ, MAP_PRIVATE, file, 1, SYS_mmap)
	 == -EINVAL);
  long at = __pure_guard6 (0, 4096, PROT_READ, MAP_PRIVATE, file, 0, SYS_mmap);
  CHECK (memcmp ((void *) at, bytes, sizeof bytes) == 0);
  CHECK (__pure_guard2 (at, 4096, SYS_munmap) == 0);
  CHECK (__pure_guard1 (file, SYS_close) == 0);
}

/* Is the last call seen this one?  */
static void
check_seen (long number, long nr, const long *a)
{
  CHECK (seen_number == number && seen_nr == nr);
  CHECK (memcmp (seen, a, nr * sizeof *a) == 0);
}

static void
to_handler (void)
{
  long number = draw (), a[6];

  for (int i = 0; i < 6; i++)
    a[i] = draw ();
  answer = draw ();
#define TRY(nr, ...)							\
  CHECK (__pure_guard##nr (__VA_ARGS__) == answer);			\
  check_seen (number, nr, a)
  TRY (0, number);
  TRY (1, a[0], number);
  TRY (2, a[0], a[1], number);
  TRY (3, a[0], a[1], a[2], number);
  TRY (4, a[0], a[1], a[2], a[3], number);
  TRY (5, a[0], a[1], a[2], a[3], a[4], number);
  TRY (6, a[0], a[1], a[2], a[3], a[4], a[5], number);
}

int
main (int argc __attribute__ ((__unused__)), char **argv)
{
  to_kernel (argv[0]);
  __pure_syscall = record;
  for (int i = 0; i < 1000; i++)
    to_handler ();
  __pure_syscall = NULL;
  to_kernel (argv[0]);
  return 0;
}
