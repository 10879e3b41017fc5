/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Values in vector, x87 and mask registers live across a site, as do flags that
   are needed after it.  */
/* variants: -O1 | -O2 | -O3 */
#include "testing.h"

typedef double vector __attribute__ ((vector_size (16)));

__attribute__ ((noinline)) static double
vectors (const vector *p, const double *q, long double x)
{
  vector a = p[0] * p[1], b = p[0] + p[1];
  double c = q[0] * q[1];
  long double y = x * 3;
  float f = (float) c + 1;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (4L)
		    : CLOBBERS);
  a += b;
  return a[0] + a[1] + c + (double) y + f + result;
}

__attribute__ ((noinline)) static long
comparison (long a, long b)
{
  long result;
  _Bool less = a < b;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  return less ? result : -result;
}

void
test (void)
{
  static const vector p[2] = { { 1, 2 }, { 3, 4 } };
  static const double q[2] = { 2, 6 };

  answer = 1000;
  check_equal (vectors (p, q, 5), 3 + 8 + 4 + 6 + 12 + 15 + 13 + 1000);
  check_call (FIRST_CALL, 1, 4L);
  check_equal (comparison (1, 2), 1000);
  check_call (FIRST_CALL + 1, 1, 1L);
  check_equal (comparison (2, 1), -1000);
  check_call (FIRST_CALL + 1, 1, 2L);
}
