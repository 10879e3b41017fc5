/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Register variables of a function that is inlined into a region of exceptions,
   where a statement that may throw ends its block, and calls that destroy every
   register that they may start the next one.  */
/* compile-flags: -fexceptions -fnon-call-exceptions -fsanitize-coverage=trace-pc */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
/* with: lib/hooks.S */
#include "testing.h"

static long cleaned;

static void
clean (long *p)
{
  cleaned += *p;
}

static inline __attribute__ ((__always_inline__)) long
call (long a, long d, long e)
{
  register long rdi __asm__ ("rdi") = a;
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "r" (rdi), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
in_region (long a, long d, long e)
{
  long kept __attribute__ ((__cleanup__ (clean))) = a;
  long result = call (a, d, e);
  check_call (FIRST_CALL, 5, a, 2L, 3L, d, e);
  return result + kept;
}

void
test (void)
{
  answer = 500;
  cleaned = 0;
  check_equal (in_region (1, 40, 50), 501);
  check_equal (cleaned, 1);
}
