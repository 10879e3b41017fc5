/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Hard-register variables, for every argument, the number and the result, under
   each constraint that allows a register.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

#define SITE(name, in, out)                                                   \
  __attribute__ ((noinline)) static long name (const long *v)                 \
  {                                                                           \
    register long rax __asm__ ("rax") = FIRST_CALL;                           \
    register long rdi __asm__ ("rdi") = v[0];                                 \
    register long rsi __asm__ ("rsi") = v[1];                                 \
    register long rdx __asm__ ("rdx") = v[2];                                 \
    register long r10 __asm__ ("r10") = v[3];                                 \
    register long r8 __asm__ ("r8") = v[4];                                   \
    register long r9 __asm__ ("r9") = v[5];                                   \
    __asm__ volatile ("syscall"                                               \
		      : out (rax)                                             \
		      : in (rdi), in (rsi), in (rdx), in (r10), in (r8),      \
			in (r9)                                               \
		      : CLOBBERS);                                            \
    return rax;                                                               \
  }

SITE (plain, "r", "+r")
SITE (or_memory, "rm", "+r")
SITE (general, "g", "+r")
SITE (or_immediate, "ri", "+r")
SITE (any_of_them, "rmi", "+rm")
SITE (disparaged, "?r", "+r")
SITE (classes, "qQR", "+l")
SITE (with_letters, "rDSd", "+ra")

void
test (void)
{
  static const long v[6] = { 1, -2, 1L << 40, 4, -5, 6 };
  static long (*const sites[]) (const long *)
    = { plain, or_memory, general, or_immediate, any_of_them, disparaged,
	classes, with_letters };

  for (int i = 0; i < (int) (sizeof sites / sizeof *sites); i++)
    {
      answer = i - 3L;
      check_equal (sites[i] (v), i - 3L);
      check_call (FIRST_CALL, 6, v[0], v[1], v[2], v[3], v[4], v[5]);
    }
}
