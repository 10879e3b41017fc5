/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Hard register constraints, as GCC 16 and later have them: a register between
   braces is where the operand is.  */
/* needs: -fdiagnostics-show-context */
/* expect-report: {"function": "inputs", "nargs": 6, "kind": "guarded"} */
/* expect-report: {"function": "mixed", "nargs": 4, "kind": "guarded"} */
/* expect-report: {"function": "read_write", "nargs": 1, "kind": "guarded"} */
/* expect-report: {"function": "two_registers", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "destroyed_register", "kind": "thunk", "residual": "an output is in a register that the call gives no known value"} */
#include "testing.h"

__attribute__ ((noinline)) static long
inputs (long a, int b, unsigned int c, long d, long e, long f)
{
  long result;
  __asm__ volatile ("syscall"
		    : "={rax}" (result)
		    : "{rax}" (FIRST_CALL), "{rdi}" (a), "{rsi}" ((long) b),
		      "{rdx}" (c), "{r10}" (d), "{r8}" (e), "{r9}" (f)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
mixed (long a, long b, long c, long d)
{
  long result;
  register long r10 __asm__ ("r10") = d;
  __asm__ volatile ("syscall"
		    : "={rax}" (result)
		    : "0" (FIRST_CALL + 1), "D" (a), "{rsi}" (b), "d" (c),
		      "r" (r10)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
read_write (long a)
{
  long result = FIRST_CALL + 2;
  __asm__ volatile ("syscall" : "+{rax}" (result), "+{rdi}" (a) : : CLOBBERS);
  return result + a;
}

__attribute__ ((noinline)) static long
two_registers (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a,a" (result)
		    : "0,0" (FIRST_CALL + 3), "{rdi},{rsi}" (a)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
destroyed_register (void)
{
  long result, rcx;
  __asm__ volatile ("syscall"
		    : "=a" (result), "={rcx}" (rcx)
		    : "0" (FIRST_CALL + 4)
		    : "r11", "memory");
  return result + (rcx == 0);
}

void
test (void)
{
  answer = 5;
  check_equal (inputs (1, -2, 3, 4, 5, 6), 5);
  check_call (FIRST_CALL, 6, 1L, -2L, 3L, 4L, 5L, 6L);
  check_equal (mixed (1, 2, 3, 4), 5);
  check_call (FIRST_CALL + 1, 4, 1L, 2L, 3L, 4L);
  check_equal (read_write (7), 12);
  check_call (FIRST_CALL + 2, 1, 7L);
  check_equal (two_registers (8), 5);
  check_thunked_call (FIRST_CALL + 3, 0);
  check_equal (destroyed_register (), 5);
  check_thunked_call (FIRST_CALL + 4, 0);
}
