/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* In functions that must keep registers which a call destroys, sites go by the
   thunk: all registers are as before.  */
/* flags: -mgeneral-regs-only */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "keeps_registers", "kind": "thunk", "residual": "the function must keep registers that a call destroys"} */
/* expect-report: {"function": "interrupt_handler", "kind": "thunk", "residual": "the function must keep registers that a call destroys"} */
/* expect-report: {"function": "plain", "kind": "thunk", "residual": "the function may use general registers only"} */
#include "testing.h"

#define SITE(number, a)                                                       \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (number), "D" (a)                                   \
		    : CLOBBERS)

__attribute__ ((no_caller_saved_registers, noinline)) static long
keeps_registers (long a)
{
  long result;
  SITE (FIRST_CALL, a);
  return result;
}

struct frame;
long result;

__attribute__ ((interrupt)) void
interrupt_handler (struct frame *frame __attribute__ ((unused)))
{
  SITE (FIRST_CALL + 1, 1L);
}

__attribute__ ((noinline)) static long
plain (long a)
{
  long result;
  SITE (FIRST_CALL + 2, a);
  return result;
}

void
test (void)
{
  register long r8 __asm__ ("r8") = 8;
  register long r10 __asm__ ("r10") = 10;

  answer = 3;
  __asm__ volatile ("" : "+r" (r8), "+r" (r10));
  long first = keeps_registers (4);
  __asm__ volatile ("" : "+r" (r8), "+r" (r10));
  long kept[] = { r8, r10 };
  check_equal (first, 3);
  check_equal (kept[0], 8);
  check_equal (kept[1], 10);
  check_thunked_call (FIRST_CALL, 1, 4L);
  check_equal (plain (5), 3);
  check_thunked_call (FIRST_CALL + 2, 1, 5L);
}
