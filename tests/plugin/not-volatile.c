/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A statement that isn't volatile, and one that is `asm inline', are sites as
   all others.  */
/* flags: -std=gnu11 */
/* variants: -O0 | -O1 | -O2 */
/* expect-report: {"function": "not_volatile"} */
/* expect-report: {"function": "inline_asm"} */
/* expect-report: {"function": "inline_volatile"} */
#include "testing.h"

__attribute__ ((noinline)) static long
not_volatile (long a)
{
  long result;
  asm ("syscall"
       : "=a" (result)
       : "a" (FIRST_CALL), "D" (a)
       : "rcx", "r11");
  return result;
}

__attribute__ ((noinline)) static long
inline_asm (long a)
{
  long result;
  asm inline ("syscall"
	      : "=a" (result)
	      : "a" (FIRST_CALL + 1), "D" (a)
	      : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
inline_volatile (long a)
{
  long result;
  asm volatile inline ("syscall"
		       : "=a" (result)
		       : "a" (FIRST_CALL + 2), "D" (a)
		       : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 4;
  check_equal (not_volatile (1), 4);
  check_call (FIRST_CALL, 1, 1L);
  check_equal (inline_asm (2), 4);
  check_call (FIRST_CALL + 1, 1, 2L);
  check_equal (inline_volatile (3), 4);
  check_call (FIRST_CALL + 2, 1, 3L);
}
