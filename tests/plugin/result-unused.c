/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A statement without outputs, and one whose output nobody reads, make their
   call nevertheless.  */
/* variants: -O0 | -O2 */
#include "testing.h"

static void
without_outputs (long a)
{
  __asm__ volatile ("syscall" : : "a" (FIRST_CALL), "D" (a) : CLOBBERS);
}

static void
unread (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  (void) result;
}

static void
clobbered (long a)
{
  register long r10 __asm__ ("r10") = a;
  __asm__ volatile ("syscall"
		    :
		    : "a" (FIRST_CALL + 2), "r" (r10)
		    : CLOBBERS);
}

void
test (void)
{
  without_outputs (5);
  check_call (FIRST_CALL, 1, 5L);
  unread (6);
  check_call (FIRST_CALL + 1, 1, 6L);
  clobbered (7);
  if (handled)
    check_call (FIRST_CALL + 2, 4, 0L, 0L, 0L, 7L);
  else
    check_call (FIRST_CALL + 2, 0);
}
