/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A variable that names the stack pointer, or a register that calls keep, may
   be an operand, as to tell the compiler of a dependency.  It is not assigned
   to.  (It was, once, and the program crashed.)  */
/* variants: -O0 | -O1 | -O2 | -O2 -fno-omit-frame-pointer */
#include "testing.h"

__attribute__ ((noinline)) static long
stack_pointer (long a)
{
  register void *sp __asm__ ("rsp");
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a), "r" (sp)
		    : CLOBBERS);
  return result;
}

__attribute__ ((noinline)) static long
kept_register (long a)
{
  register long rbx __asm__ ("rbx") = a;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL + 1), "D" (a), "r" (rbx)
		    : CLOBBERS);
  return result + rbx;
}

void
test (void)
{
  answer = 3;
  check_equal (stack_pointer (4), 3);
  check_call (FIRST_CALL, 1, 4L);
  check_equal (kept_register (5), 8);
  check_call (FIRST_CALL + 1, 1, 5L);
}
