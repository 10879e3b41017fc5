/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* mode=inline, which is the default: the pointer is tested at the site, and the
   call of the guard is out of the way.  */
/* variants: -O2 -fPIE | -O2 -fno-pie -no-pie */
/* variants: -O2 -fPIE -flto -ffat-lto-objects */
/* plugin: mode=inline */
/* expect-report: {"function": "site", "mode": "inline", "kind": "guarded", "number": 5000, "name": null, "nargs": 1} */
/* expect-asm: ^.cmpq	\$0, __pure_syscall */
/* expect-asm: ^.syscall$ */
/* expect-asm: ^.call	\*?_*pure_guard1 */
/* expect-asm: ^.\.section	\.text\.unlikely */
#include "testing.h"

__attribute__ ((noinline)) static long
site (long a)
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
  check_equal (site (4), 3);
  check_call (FIRST_CALL, 1, 4L);
}
