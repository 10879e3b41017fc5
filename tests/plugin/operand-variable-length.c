/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands in arrays and structures of variable length.  */
/* variants: -O0 | -O1 | -O2 */
#include "testing.h"

__attribute__ ((noinline)) static long
variable_length (int n)
{
  long list[n];
  struct
  {
    char bytes[n];
    long last;
  } record;

  list[0] = 7;
  __asm__ volatile ("syscall"
		    : "=a" (list[n - 1]), "=m" (record)
		    : "0" (FIRST_CALL), "D" (list[0]), "S" (sizeof list),
		      "m" (list)
		    : CLOBBERS);
  check_call (FIRST_CALL, 2, 7L, (long) sizeof list);
  __asm__ volatile ("syscall"
		    : "=a" (record.last)
		    : "a" (FIRST_CALL + 1), "D" (sizeof record.bytes)
		    : CLOBBERS);
  check_call (FIRST_CALL + 1, 1, (long) n);
  return list[n - 1] + record.last;
}

void
test (void)
{
  answer = 21;
  check_equal (variable_length (5), 42);
}
