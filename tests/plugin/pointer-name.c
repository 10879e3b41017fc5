/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* pointer=NAME: the site, and the thunk of a residual one, test that variable,
   and no other.  */
/* variants: -O0 | -O2 | -O2 -fPIC */
/* plugin: pointer=our_pointer */
/* expect-asm: our_pointer */
/* reject-asm: __pure_syscall.*\(%rip\) */
#include "testing.h"

long (*our_pointer) (long number, long nr, ...);
#define SITE(template, number)                                                \
  __asm__ volatile (template : "=a" (result) : "0" (number) : CLOBBERS)

void
test (void)
{
  long result;

  our_pointer = 0;
  SITE ("syscall", FIRST_CALL);
  check_native_call (FIRST_CALL, 0);
  SITE ("nop; syscall", FIRST_CALL);
  check_native_call (FIRST_CALL, 0);
  if (handled)
    {
      our_pointer = recording_handler;
      SITE ("syscall", FIRST_CALL + 1);
      SITE ("nop; syscall", FIRST_CALL + 2);
      our_pointer = 0;
      check_call (FIRST_CALL + 1, 0);
      check_thunked_call (FIRST_CALL + 2, 0);
    }
}
