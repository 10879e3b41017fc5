/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in a function with a label that a nested function jumps to goes by the
   thunk; the nested one's own is guarded.  */
/* flags: -Wl,-z,execstack */
/* variants: -O0 | -O1 | -O2 */
/* expect-report: {"function": "outer", "kind": "thunk", "residual": "the function has a label that other functions jump to"} */
/* expect-report: {"function": "inner", "kind": "guarded"} */
#include "testing.h"

__attribute__ ((noinline)) static void
call (void (*function) (void))
{
  function ();
}

__attribute__ ((noinline)) static long
outer (long a)
{
  __label__ out;
  long result;

  void
  inner (void)
  {
    long inner_result;
    __asm__ volatile ("syscall"
		      : "=a" (inner_result)
		      : "0" (FIRST_CALL), "D" (a)
		      : CLOBBERS);
    if (inner_result == 9)
      goto out;
  }

  call (inner);
  return 0;

out:
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a + 1)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 8;
  check_equal (outer (50), 0);
  check_call (FIRST_CALL, 1, 50L);
  answer = 9;
  check_equal (outer (60), 9);
  check_call (FIRST_CALL, 1, 60L);
  check_thunked_call (FIRST_CALL + 1, 1, 61L);
}
