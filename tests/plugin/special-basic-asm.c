/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in a basic asm, in a function and outside of any: it goes by the
   thunk.  */
/* variants: -O0 | -O2 | -O2 -fno-toplevel-reorder */
/* expect-report: {"file": "special-basic-asm.c", "line": null, "function": null, "number": null, "kind": "thunk", "residual": "the statement stands outside of any function"} */
/* expect-report: {"function": "in_a_function", "kind": "thunk", "residual": "the statement is a basic asm, which has no operands"} */
#include "testing.h"

extern long toplevel_call (long n, long a);

__asm__ (".pushsection .text\n"
	 ".globl toplevel_call\n"
	 "toplevel_call:\n\t"
	 "movq %rdi, %rax\n\t"
	 "movq %rsi, %rdi\n\t"
	 "syscall\n\t"
	 "ret\n"
	 ".popsection");

/* No site: the words are not where an instruction stands.  */
__asm__ (".pushsection .rodata; .ascii \"syscall\"; # syscall\n .popsection");

__attribute__ ((noinline)) static void
in_a_function (void)
{
  __asm__ volatile ("" : : "a" (FIRST_CALL + 1), "D" (7L));
  __asm__ ("syscall");
  __asm__ volatile ("" : : : "rax", "rdi", CLOBBERS);
}

void
test (void)
{
  answer = 5;
  check_equal (toplevel_call (FIRST_CALL, 3), 5);
  check_thunked_call (FIRST_CALL, 1, 3L);
  in_a_function ();
  check_thunked_call (FIRST_CALL + 1, 1, 7L);
}
