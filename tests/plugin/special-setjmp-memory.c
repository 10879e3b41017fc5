/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A handler jumps out of the call, back to setjmp in the function that made it:
   what the function stored to memory before the call is there.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

#include <setjmp.h>
#include <stdlib.h>

static jmp_buf environment;

/* Nobody else knows the cell: only the way back to setjmp leads to where it is
   read.  */

__attribute__ ((noinline)) static long
stores (long a)
{
  long *cell = malloc (sizeof *cell);
  *cell = a;
  if (setjmp (environment) == 0)
    {
      long result;
      *cell = a * 3;
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL), "D" (a)
			: "rcx", "r11");
      *cell = a * 5;
      return result;
    }
  long value = *cell;
  free (cell);
  return value;
}

/* The same with two calls: the handler jumps out of the second one.  */

__attribute__ ((noinline)) static long
stores_twice (long a)
{
  long *cell = malloc (sizeof *cell);
  *cell = a;
  if (setjmp (environment) == 0)
    {
      long first, second;
      *cell = a * 3;
      __asm__ volatile ("syscall"
			: "=a" (first)
			: "0" (FIRST_CALL + 1), "D" (a)
			: "rcx", "r11");
      *cell = a * 7;
      __asm__ volatile ("syscall"
			: "=a" (second)
			: "0" (FIRST_CALL), "D" (first)
			: "rcx", "r11");
      *cell = a * 5;
      return first + second;
    }
  long value = *cell;
  free (cell);
  return value;
}

static long
jumping_handler (long number, long nr, ...)
{
  (void) nr;
  if (number == FIRST_CALL)
    longjmp (environment, 1);
  return 1;
}

void
test (void)
{
  if (!handled)
    return;
  __pure_syscall = jumping_handler;
  check_equal (stores (2), 6);
  check_equal (stores_twice (2), 14);
  __pure_syscall = recording_handler;
}
