/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Arguments in registers that the constraint's letter names.  */
#include "testing.h"

static long
letters (long n, long a, long b, long c)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (n), "D" (a), "S" (b), "d" (c)
		    : CLOBBERS);
  return result;
}

/* The operands' order says nothing.  */

static long
shuffled (long n, long a, long b, long c)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "d" (c), "S" (b), "a" (n), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 17;
  check_equal (letters (FIRST_CALL, 1, 2, 3), 17);
  check_call (FIRST_CALL, 3, 1L, 2L, 3L);
  answer = -22;
  check_equal (shuffled (FIRST_CALL, -1, -2, -3), -22);
  check_call (FIRST_CALL, 3, -1L, -2L, -3L);
}
