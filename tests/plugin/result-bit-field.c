/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A result that goes to a bit-field is cut to its width, also where the value
   is used again at once.  (It was not, once, in `call' mode.)  */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

static struct
{
  signed int a : 7;
  unsigned int b : 3;
  _Bool c : 1;
  long d : 40;
} fields;

#define SITE(target)                                                          \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (target)                                           \
		    : "a" (FIRST_CALL), "D" (1L)                              \
		    : CLOBBERS);                                              \
  check_call (FIRST_CALL, 1, 1L)

void
test (void)
{
  answer = 0x70000001ff;
  SITE (fields.a);
  check_equal (fields.a, -1);
  SITE (fields.b);
  check_equal (fields.b, 7);
  check_equal (fields.a + fields.b, 6);
  SITE (fields.c);
  check_equal (fields.c, 1);
  SITE (fields.d);
  check_equal (fields.d, 0x70000001ff);
  answer = -1;
  SITE (fields.d);
  check_equal (fields.d, -1);
}
