/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site that is an asm goto, or has one in the same function that uses its
   register variables.  */
/* variants: -O0 | -O1 | -O2 */
/* expect-report: {"function": "jumps", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "only_site", "kind": "thunk", "residual": "the statement is an asm goto"} */
/* expect-report: {"function": "before_jump", "kind": "guarded"} */
/* expect-report: {"function": "shares_output", "kind": "thunk", "residual": "a register variable is an output of an asm goto"} */
#include "testing.h"

__attribute__ ((noinline)) static long
jumps (long a)
{
  __asm__ goto ("syscall\n\t"
		"testq %%rax, %%rax\n\t"
		"js %l[failed]"
		:
		: "a" (FIRST_CALL), "D" (a)
		: CLOBBERS, "cc"
		: failed);
  return 1;
failed:
  return -1;
}

__attribute__ ((noinline)) static long
only_site (long a)
{
  __asm__ goto ("syscall"
		:
		: "a" (FIRST_CALL + 1), "D" (a)
		: CLOBBERS
		: unused);
  return 2;
unused:
  return -2;
}

__attribute__ ((noinline)) static long
before_jump (long a)
{
  register long r10 __asm__ ("r10") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 2), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10)
		    : CLOBBERS);
  __asm__ goto ("cmpq $4, %0; je %l[four]" : : "r" (r10) : "cc" : four);
  return -result;
four:
  return result;
}

__attribute__ ((noinline)) static long
shares_output (long a)
{
  register long r10 __asm__ ("r10") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 3), "D" (1L), "r" (r10)
		    : CLOBBERS);
  __asm__ goto ("incq %0; je %l[none]" : "+r" (r10) : : "cc" : none);
  return result + r10;
none:
  return 0;
}

void
test (void)
{
  answer = 5;
  check_equal (jumps (1), 1);
  check_thunked_call (FIRST_CALL, 1, 1L);
  answer = -5;
  check_equal (jumps (1), -1);
  check_thunked_call (FIRST_CALL, 1, 1L);
  check_equal (only_site (2), 2);
  check_thunked_call (FIRST_CALL + 1, 1, 2L);
  check_equal (before_jump (4), -5);
  check_call (FIRST_CALL + 2, 4, 1L, 2L, 3L, 4L);
  check_equal (before_jump (3), 5);
  check_call (FIRST_CALL + 2, 4, 1L, 2L, 3L, 3L);
  check_equal (shares_output (6), 2);
  check_thunked_call (FIRST_CALL + 3, 1, 1L);
}
