/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in a function that is evaluated while compiling, too.  */
/* flags: -std=c++20 */
/* variants: -O0 | -O2 */
#include "testing.h"

#include <type_traits>

static constexpr long
twice (long a)
{
  if (std::is_constant_evaluated ())
    return a * 2;
  else
    {
      long result = 0;
      __asm__ volatile ("syscall"
			: "=a" (result)
			: "0" (FIRST_CALL), "D" (a)
			: CLOBBERS);
      return result;
    }
}

static_assert (twice (4) == 8);
static constinit long at_start = twice (5);

void
test ()
{
  constexpr long constant = twice (3);
  check_equal (constant, 6);
  check_equal (at_start, 10);
  answer = 9;
  check_equal (twice (6), 9);
  check_call (FIRST_CALL, 1, 6L);
}
