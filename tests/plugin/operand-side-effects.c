/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands with side effects have them once, and in the order that the language
   says, whichever way the call goes.  */
/* flags: -std=gnu11 */
/* variants: -O0 | -O1 | -O2 */
#include "testing.h"

static int counter;

__attribute__ ((noinline)) static long
next (void)
{
  return ++counter;
}

static long *
slot (void)
{
  static long slots[8];
  return &slots[++counter];
}

void
test (void)
{
  static const long numbers[] = { FIRST_CALL, FIRST_CALL + 1 };
  const long *n = numbers;
  long list[3] = { 10, 20, 30 }, *p = list, result;
  volatile long volatile_value = 5;

  answer = 9;
  counter = 0;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (*n++), "D" (next ()), "S" (*p++)
		    : CLOBBERS);
  check_call (FIRST_CALL, 2, 1L, 10L);
  check_equal (n - numbers, 1);
  check_equal (p - list, 1);

  __asm__ volatile ("syscall"
		    : "=a" (*slot ())
		    : "a" (*n++), "D" (volatile_value++),
		      "S" (({ long sum = 0;
			      for (int i = 0; i < 3; i++)
				sum += list[i];
			      sum; }))
		    : CLOBBERS);
  check_call (FIRST_CALL + 1, 2, 5L, 60L);
  check_equal (counter, 2);
  check_equal (volatile_value, 6);

  /* A site in an operand of a site.  */
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 2),
		      "D" (({ long inner;
			      __asm__ volatile ("syscall"
						: "=a" (inner)
						: "0" (FIRST_CALL + 3)
						: CLOBBERS);
			      inner + 1; }))
		    : CLOBBERS);
  check_call (FIRST_CALL + 3, 0);
  check_call (FIRST_CALL + 2, 1, 10L);
}
