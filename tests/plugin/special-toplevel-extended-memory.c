/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in an asm outside of any function that has a memory operand, which
   GCC 15 and later allow, goes by the thunk.  */
/* needs: -fzero-init-padding-bits=standard */
/* variants: -O0 | -O2 | -O2 -fno-toplevel-reorder */
/* GCC 15 has not implemented it with LTO; the flag is known from 16 on.  */
/* variants: ?-O2 -flto -fdiagnostics-show-context */
/* expect-report: {"file": "special-toplevel-extended-memory.c", "line": null, "function": null, "number": null, "kind": "thunk", "residual": "the statement stands outside of any function"} */
#include "testing.h"

extern long toplevel_call (long a);
/* GCC 15 drops variables that are static and that only such a statement names.  */
long number = FIRST_CALL;
long times;

__asm__ (".pushsection .text\n"
	 ".globl toplevel_call\n"
	 "toplevel_call:\n\t"
	 "incq %1\n\t"
	 "movq %0, %%rax\n\t"
	 "{syscall|syscall}\n\t"
	 "ret\n"
	 ".popsection"
	 :
	 : "m" (number), "m" (times));

void
test (void)
{
  static long calls;

  answer = 5;
  check_equal (toplevel_call (3), 5);
  check_thunked_call (FIRST_CALL, 1, 3L);
  calls++;
  check_equal (*(volatile long *) &times, calls);
}
