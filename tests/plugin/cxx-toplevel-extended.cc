/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in an asm with operands in a C++ namespace, and one in a linkage
   specification: they stand outside of any function, and go by the thunk.  */
/* needs: -fzero-init-padding-bits=standard */
/* variants: -O0 | -O2 | -O2 -fno-toplevel-reorder | -O2 -fno-exceptions */
/* expect-report: {"file": "cxx-toplevel-extended.cc", "line": null, "function": null, "number": null, "kind": "thunk", "residual": "the statement stands outside of any function"} */
/* expect-report: {"file": "cxx-toplevel-extended.cc", "line": null, "function": null, "number": null, "kind": "thunk", "residual": "the statement stands outside of any function"} */
#include "testing.h"

namespace outer
{
namespace
{
constexpr int number = FIRST_CALL;
}

extern long added;
long added = 2;
extern long call (long n, long a);

__asm__ (".pushsection .text\n"
	 ".globl %cc0\n"
	 "%cc0:\n\t"
	 "movl %1, %%eax\n\t"
	 "addq %cc2(%%rip), %%rdi\n\t"
	 "syscall\n\t"
	 "ret\n"
	 ".popsection"
	 :
	 : ":" (call), "i" (number), "-i" (&added));
}

extern "C"
{
extern long linkage_call (long n, long a);

__asm__ (".pushsection .text\n"
	 ".globl %cc0\n"
	 "%cc0:\n\t"
	 "movl %1, %%eax\n\t"
	 "syscall\n\t"
	 "ret\n"
	 ".popsection"
	 :
	 : ":" (linkage_call), "i" (FIRST_CALL + 1));
}

void
test (void)
{
  answer = 5;
  check_equal (outer::call (3, 0), 5);
  check_thunked_call (FIRST_CALL, 1, 5L);
  check_equal (linkage_call (4, 0), 5);
  check_thunked_call (FIRST_CALL + 1, 1, 4L);
}
