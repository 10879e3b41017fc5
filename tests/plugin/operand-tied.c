/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* An input that is tied to an output by its number or name is where that one
   is.  */
#include "testing.h"

static long
by_number (long n, long a, long b)
{
  long result, rsi;
  __asm__ volatile ("syscall"
		    : "=S" (rsi), "=a" (result)
		    : "D" (a), "1" (n), "0" (b)
		    : CLOBBERS);
  check_equal (rsi, b);
  return result;
}

static long
by_name (long n, long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : [result] "=a" (result)
		    : [number] "[result]" (n), [a] "D" (a)
		    : CLOBBERS);
  return result;
}

static long
to_register_variable (long n, long a, long b)
{
  register long rax __asm__ ("rax");
  register long r10 __asm__ ("r10");
  __asm__ volatile ("syscall"
		    : "=r" (rax), "=r" (r10)
		    : "0" (n), "D" (a), "1" (b)
		    : CLOBBERS);
  check_equal (r10, b);
  return rax;
}

void
test (void)
{
  answer = 5;
  check_equal (by_number (FIRST_CALL, 1, 2), 5);
  check_call (FIRST_CALL, 2, 1L, 2L);
  check_equal (by_name (FIRST_CALL + 1, 3), 5);
  check_call (FIRST_CALL + 1, 1, 3L);
  check_equal (to_register_variable (FIRST_CALL + 2, 4, 7), 5);
  if (handled)
    check_call (FIRST_CALL + 2, 4, 4L, 0L, 0L, 7L);
  else
    check_call (FIRST_CALL + 2, 1, 4L);
}
