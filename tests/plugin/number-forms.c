/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The number is a constant, a variable, one of two, from a table, or comes
   through an inlined wrapper; and changes in a loop.  */
/* variants: -O0 | -O2 | -O3 -funroll-loops */
#include "testing.h"

__attribute__ ((always_inline)) static inline long
wrapper (long number, long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (number), "D" (a)
		    : CLOBBERS);
  return result;
}

static long
one_of_two (int second, long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (second ? FIRST_CALL + 2 : FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  return result;
}

static long
from_table (unsigned int index, long a)
{
  static const long numbers[] = { FIRST_CALL + 3, FIRST_CALL + 4 };
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (numbers[index]), "D" (a)
		    : CLOBBERS);
  return result;
}

static long
in_a_loop (int times)
{
  long sum = 0;
  for (int i = 0; i < times; i++)
    {
      register long r10 __asm__ ("r10") = i;
      long result;
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL + 10 + i), "D" (1L), "S" (2L),
			  "d" (3L), "r" (r10)
			: CLOBBERS);
      sum += result;
    }
  return sum;
}

void
test (void)
{
  answer = 2;
  check_equal (wrapper (FIRST_CALL, 7), 2);
  check_call (FIRST_CALL, 1, 7L);
  one_of_two (handled, 8);
  check_call (handled ? FIRST_CALL + 2 : FIRST_CALL + 1, 1, 8L);
  from_table (1, 9);
  check_call (FIRST_CALL + 4, 1, 9L);
  check_equal (in_a_loop (8), 16);
  for (int i = 0; i < 8; i++)
    check_call (FIRST_CALL + 10 + i, 4, 1L, 2L, 3L, (long) i);
}
