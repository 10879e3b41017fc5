/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Constraints with alternatives, modifiers and spaces: all that matters is the
   register that each allows.  */
#include "testing.h"

static long
alternatives (long n, long a, long b)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a,a" (result)
		    : "0,0" (n), "D,D" (a), "S,S" (b)
		    : CLOBBERS);
  return result;
}

static long
modifiers (long n, long a, long b)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (n), "!D" (a), "?*S" (b)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 7;
  check_equal (alternatives (FIRST_CALL, 1, 2), 7);
  check_call (FIRST_CALL, 2, 1L, 2L);
  check_equal (modifiers (FIRST_CALL, 3, 4), 7);
  check_call (FIRST_CALL, 2, 3L, 4L);
}
