/* A handler that takes its time before and after it passes a call on, and makes
   another call of some: so a cancellation often comes while it runs.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <purecc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

/* From 0 to some ten microseconds; not the same in threads.  */
static void
take_time (void)
{
  static uint32_t state;
  uint32_t turns = __atomic_add_fetch (&state, 0x9e3779b9, __ATOMIC_RELAXED) >> 22;

  while (turns--)
    __asm__ __volatile__ ("pause");
}

static long
slow (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  long result;

  (void) nr;
  take_time ();
  /* A socket's read, by chance of its size: cancel-many/program.c.  */
  if (number == SYS_read && a3 == 7)
    result = pure_native_syscall (SYS_recvfrom, a1, a2, a3, 0, 0, 0);
  else
    result = pure_native_syscall (number, a1, a2, a3, a4, a5, a6);
  take_time ();
  return result;
}

PURE_HANDLER ((pure_handler_t) (void (*) (void)) slow);
