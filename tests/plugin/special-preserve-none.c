/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Functions whose registers are other ones: GCC 14 has no_callee_saved_registers,
   and GCC 15 preserve_none.  */
/* expect-sites: 2 */
/* expect-report: {"function": "none_saved", "nargs": 2, "kind": "guarded"} */
/* expect-report: {"function": "none_preserved", "nargs": 2, "kind": "guarded"} */
#include "testing.h"

#ifndef __has_attribute
# define __has_attribute(name) 0
#endif
#if __has_attribute (no_callee_saved_registers)
# define NONE_SAVED __attribute__ ((no_callee_saved_registers))
#else
# define NONE_SAVED
#endif
#if __has_attribute (preserve_none)
# define NONE_PRESERVED __attribute__ ((preserve_none))
#else
# define NONE_PRESERVED
#endif

#define SITE(number, a, b)						\
  ({									\
    long result;							\
    __asm__ volatile ("syscall"						\
		      : "=a" (result)					\
		      : "0" (number), "D" (a), "S" (b)			\
		      : CLOBBERS);					\
    result;								\
  })

NONE_SAVED __attribute__ ((noinline)) static long
none_saved (long a, long b, long c, long d)
{
  long result = SITE (FIRST_CALL, a, b);
  return result * 1000 + a * 100 + b * 10 + c + d;
}

NONE_PRESERVED __attribute__ ((noinline)) static long
none_preserved (long a, long b, long c, long d)
{
  long result = SITE (FIRST_CALL + 1, a, b);
  return result * 1000 + a * 100 + b * 10 + c + d;
}

void
test (void)
{
  answer = 7;
  check_equal (none_saved (1, 2, 3, 4), 7127);
  check_call (FIRST_CALL, 2, 1L, 2L);
  check_equal (none_preserved (5, 6, 3, 4), 7567);
  check_call (FIRST_CALL + 1, 2, 5L, 6L);
}
