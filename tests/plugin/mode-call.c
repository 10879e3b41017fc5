/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* mode=call: each site is one call of the guard, without a test or an
   instruction of its own.  */
/* variants: -O2 */
/* plugin: mode=call */
/* expect-report: {"function": "plain", "mode": "call", "kind": "guarded"} */
/* expect-asm: ^.call	\*?__pure_guard1 */
/* reject-asm: ^.syscall$ */
/* reject-asm: cmp.*__pure_syscall */
#include "testing.h"

__attribute__ ((noinline)) static long
plain (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (plain (4), 3);
  check_call (FIRST_CALL, 1, 4L);
}
