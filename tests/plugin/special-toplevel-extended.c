/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in an asm with operands outside of any function, as GCC 15 and later
   allow it, goes by the thunk.  */
/* needs: -fzero-init-padding-bits=standard */
/* variants: -O0 | -O2 | -O2 -fno-toplevel-reorder */
/* GCC 15 has not implemented it with LTO; the flag is known from 16 on.  */
/* variants: ?-O2 -flto -fdiagnostics-show-context */
/* expect-report: {"file": "special-toplevel-extended.c", "line": null, "function": null, "number": null, "kind": "thunk", "residual": "the statement stands outside of any function"} */
#include "testing.h"

extern long toplevel_call (long n, long a);
long added = 2;

__asm__ (".pushsection .text\n"
	 ".globl %cc0\n"
	 "%cc0:\n\t"
	 "movl %1, %%eax\n\t"
	 "addq %cc2(%%rip), %%rdi\n\t"
	 "syscall\n\t"
	 "ret\n"
	 ".popsection"
	 :
	 : ":" (toplevel_call), "i" (FIRST_CALL), "-i" (&added));

void
test (void)
{
  answer = 5;
  check_equal (toplevel_call (3, 0), 5);
  check_thunked_call (FIRST_CALL, 1, 5L);
}
