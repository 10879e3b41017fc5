/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Register variables that are assigned in other blocks than the statement's:
   in branches, in a switch, before a loop and in it.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

#define SITE(number, r10)                                                     \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (number), "D" (1L), "S" (2L), "d" (3L), "r" (r10)   \
		    : CLOBBERS)

__attribute__ ((noinline)) static long
branches (int which, long a, long b)
{
  register long r10 __asm__ ("r10");
  long result;
  if (which)
    r10 = a;
  else
    r10 = b + 1;
  SITE (FIRST_CALL, r10);
  check_call (FIRST_CALL, 4, 1L, 2L, 3L, which ? a : b + 1);
  return result;
}

__attribute__ ((noinline)) static long
cases (int which, long a)
{
  register long r10 __asm__ ("r10") = a;
  long result;
  switch (which)
    {
    case 0:
      break;
    case 1:
      r10 = a * 2;
      break;
    case 2:
      r10 = a * 3;
      /* fall through */
    default:
      r10 += 100;
    }
  SITE (FIRST_CALL + 1, r10);
  return result;
}

__attribute__ ((noinline)) static long
loops (int times, long a)
{
  register long r10 __asm__ ("r10") = a;
  long result, sum = 0;
  for (int i = 0; i < times; i++)
    {
      SITE (FIRST_CALL + 2, r10);
      check_call (FIRST_CALL + 2, 4, 1L, 2L, 3L, a + i);
      sum += result;
      r10++;
    }
  do
    {
      SITE (FIRST_CALL + 3, r10);
      check_call (FIRST_CALL + 3, 4, 1L, 2L, 3L, a + times);
    }
  while (r10 != a + times);
  return sum + r10;
}

void
test (void)
{
  static const long expected[] = { 10, 20, 130, 110 };

  answer = 3;
  branches (0, 11, 22);
  branches (1, 11, 22);
  for (int i = 0; i < 4; i++)
    {
      cases (i, 10);
      check_call (FIRST_CALL + 1, 4, 1L, 2L, 3L, expected[i]);
    }
  check_equal (loops (4, 50), 12 + 54);
}
