/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A statement that says it destroys the red zone, which GCC 15 and later know, is a
   site as any other, and the function has no red zone then.  */
/* expect-sites: 2 */
/* expect-report: {"function": "plain", "nargs": 1, "kind": "guarded"} */
/* expect-report: {"function": "residual", "kind": "thunk", "residual": "the template has other instructions"} */
#include "testing.h"

#if __GNUC__ >= 15
# define RED_ZONE , "redzone"
#else
# define RED_ZONE
#endif

__attribute__ ((noinline)) static long
plain (long a)
{
  volatile long kept[4] = { a, a + 1, a + 2, a + 3 };
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS RED_ZONE);
  return result + kept[0] + kept[3];
}

__attribute__ ((noinline)) static long
residual (long a)
{
  volatile long kept[4] = { a, a + 1, a + 2, a + 3 };
  long result;
  __asm__ volatile ("push %%rax\n\tpop %%rax\n\tsyscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a)
		    : CLOBBERS RED_ZONE);
#if __GNUC__ >= 15
  return result + kept[0] + kept[3];
#else
  return result + 2 * a + 3 + 0 * kept[0];
#endif
}

void
test (void)
{
  answer = 3;
  check_equal (plain (10), 26);
  check_call (FIRST_CALL, 1, 10L);
  check_equal (residual (20), 46);
  check_thunked_call (FIRST_CALL + 1, 1, 20L);
}
