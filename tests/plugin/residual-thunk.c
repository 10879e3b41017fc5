/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* residual=thunk, which is the default: a residual site goes by the thunk,
   keeps all registers but those that the instruction destroys, and the memory
   below the stack pointer.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -O2 -fPIC | -O2 -masm=intel | -O2 -flto */
/* plugin: mode=inline | mode=call | residual=thunk */
/* expect-report: {"function": "leaf", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "values", "kind": "thunk", "residual": "the template has other instructions"} */
#include "testing.h"

/* What it keeps on the stack may be below the stack pointer.  */

__attribute__ ((noinline)) static long
leaf (const long *v)
{
  volatile long list[8];
  long result;
  for (int i = 0; i < 8; i++)
    list[i] = v[i];
  __asm__ volatile ("nop; syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (v[0]), "S" (v[1]), "d" (v[2])
		    : CLOBBERS);
  for (int i = 0; i < 8; i++)
    result += list[i];
  return result;
}

/* Many values are live, in registers of each kind.  */

__attribute__ ((noinline)) static double
values (const long *v, const double *w)
{
  long a = v[0] * 3, b = v[1] * 5, c = v[2] * 7, d = v[3] * 11;
  double e = w[0] * 2, f = w[1] * 3, g = w[2] * 5;
  long result;
  __asm__ volatile ("nop; syscall"
		    : "=a" (result), "+r" (a), "+r" (b), "+r" (c), "+r" (d),
		      "+x" (e), "+x" (f), "+x" (g)
		    : "0" (FIRST_CALL + 1)
		    : CLOBBERS);
  return result + a + b + c + d + e + f + g;
}

void
test (void)
{
  static const long v[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  static const double w[3] = { 1, 2, 3 };

  answer = 100;
  check_equal (leaf (v), 136);
  check_thunked_call (FIRST_CALL, 3, 1L, 2L, 3L);
  check_equal (values (v, w), 100 + 3 + 10 + 21 + 44 + 2 + 6 + 15);
  check_thunked_call (FIRST_CALL + 1, 0);
}
