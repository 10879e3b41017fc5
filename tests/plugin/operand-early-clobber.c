/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* An output that is written before all inputs are read is in its register
   nevertheless.  */
#include "testing.h"

static long
site (long n, long a, long b)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=&a" (result)
		    : "0" (n), "D" (a), "S" (b)
		    : CLOBBERS);
  return result;
}

static long
register_variable (long n, long a)
{
  register long rax __asm__ ("rax") = n;
  __asm__ volatile ("syscall" : "+&r" (rax) : "D" (a) : CLOBBERS);
  return rax;
}

void
test (void)
{
  answer = 12;
  check_equal (site (FIRST_CALL, 1, 2), 12);
  check_call (FIRST_CALL, 2, 1L, 2L);
  check_equal (register_variable (FIRST_CALL, 3), 12);
  check_call (FIRST_CALL, 1, 3L);
}
