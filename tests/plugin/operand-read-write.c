/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands that are read and written: the result replaces the number, and
   argument registers keep what was in them.  */
/* variants: -O0 | -O1 | -O2 | -Os */
#include "testing.h"

static void
letters (long a, long b, long c)
{
  long n = FIRST_CALL;
  __asm__ volatile ("syscall"
		    : "+a" (n), "+D" (a), "+S" (b), "+d" (c)
		    :
		    : CLOBBERS);
  check_call (FIRST_CALL, 3, 10L, 20L, 30L);
  check_equal (n, answer);
  check_equal (a, 10);
  check_equal (b, 20);
  check_equal (c, 30);
}

static void
register_variables (long a, long d, long e, long f)
{
  register long rax __asm__ ("rax") = FIRST_CALL;
  register long rdi __asm__ ("rdi") = a;
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long r9 __asm__ ("r9") = f;
  __asm__ volatile ("syscall"
		    : "+r" (rax), "+r" (rdi), "+r" (r10), "+r" (r8), "+r" (r9)
		    : "S" (2L), "d" (3L)
		    : CLOBBERS);
  long kept[] = { rax, rdi, r10, r8, r9 };
  check_call (FIRST_CALL, 6, 10L, 2L, 3L, 40L, 50L, 60L);
  check_equal (kept[0], answer);
  check_equal (kept[1], 10);
  check_equal (kept[2], 40);
  check_equal (kept[3], 50);
  check_equal (kept[4], 60);
}

/* An output that is narrower than what is in its register, or wider.  */

static void
other_widths (long a, int b)
{
  short low;
  long high;
  __asm__ volatile ("syscall"
		    : "=D" (low), "=S" (high)
		    : "a" (FIRST_CALL), "0" ((short) a), "1" ((long) b)
		    : CLOBBERS);
  check_equal (low, 0x5678);
  check_equal (high, -2);
  native_bits = 16;
  check_call (FIRST_CALL, 2, 0x5678L, -2L);
  native_bits = 64;
}

void
test (void)
{
  answer = -14;
  letters (10, 20, 30);
  register_variables (10, 40, 50, 60);
  other_widths (0x12345678, -2);
}
