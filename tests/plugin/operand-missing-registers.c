/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The handler gets as many arguments as reach up to the last register that is
   set, and 0 for those in between that aren't.  */
/* variants: -O0 | -O2 */
#include "testing.h"

static void
third_only (void)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (FIRST_CALL), "d" (3L)
		    : CLOBBERS);
  if (handled)
    check_call (FIRST_CALL, 3, 0L, 0L, 3L);
  else
    check_call (FIRST_CALL, 0);
}

static void
second_and_sixth (void)
{
  register long r9 __asm__ ("r9") = 6;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (FIRST_CALL), "S" (2L), "r" (r9)
		    : CLOBBERS);
  if (handled)
    check_call (FIRST_CALL, 6, 0L, 2L, 0L, 0L, 0L, 6L);
  else
    check_call (FIRST_CALL, 0);
}

static void
fifth_only (void)
{
  register long r8 __asm__ ("r8") = 5;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "a" (FIRST_CALL), "r" (r8)
		    : CLOBBERS);
  if (handled)
    check_call (FIRST_CALL, 5, 0L, 0L, 0L, 0L, 5L);
  else
    check_call (FIRST_CALL, 0);
}

void
test (void)
{
  third_only ();
  second_and_sixth ();
  fifth_only ();
}
