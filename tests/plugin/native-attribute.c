/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A function with __attribute__ ((purecc_native)) is left alone, also where it
   is inlined into one that isn't; one that is inlined into it is not.  */
/* variants: -O0 | -O2 | -O2 -flto */
/* plugin: mode=inline | mode=call | residual=error */
/* expect-report: {"function": "guarded", "kind": "guarded"} */
#include "testing.h"

#define SITE(template, number, a)                                             \
  long result;                                                                \
  __asm__ volatile (template                                                  \
		    : "=a" (result)                                           \
		    : "0" (number), "D" (a)                                   \
		    : CLOBBERS);                                              \
  return result

__attribute__ ((purecc_native, always_inline)) static inline long
native (long a)
{
  SITE ("syscall", FIRST_CALL, a);
}

__attribute__ ((always_inline)) static inline long
guarded (long a)
{
  SITE ("syscall", FIRST_CALL + 1, a);
}

__attribute__ ((purecc_native)) static long residual (long a);

static long
residual (long a)
{
  SITE ("nop; syscall", FIRST_CALL + 2, a);
}

__attribute__ ((__purecc_native__, noinline)) static long
calls_guarded (long a)
{
  return guarded (a);
}

void
test (void)
{
  answer = 3;
  check_equal (native (1), 3);
  check_native_call (FIRST_CALL, 1, 1L);
  check_equal (guarded (2), 3);
  check_call (FIRST_CALL + 1, 1, 2L);
  check_equal (residual (3), 3);
  check_native_call (FIRST_CALL + 2, 1, 3L);
  check_equal (calls_guarded (4), 3);
  check_call (FIRST_CALL + 1, 1, 4L);
}
