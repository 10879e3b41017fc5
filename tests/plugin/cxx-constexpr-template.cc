/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Templates, constraints and clobbers that are constant expressions, as GCC 15 and
   later have them in C++11 and later.  */
/* needs: -fdump-tree-original -fdiagnostics-add-output=sarif:file=/dev/null */
/* expect-sites: 2 */
/* expect-report: {"function": "plain", "nargs": 1, "kind": "guarded"} */
/* expect-report: {"function": "residual", "kind": "thunk", "residual": "the template has other instructions"} */
#include <string_view>
#include "testing.h"

static constexpr std::string_view instruction () { return "syscall"; }
static constexpr std::string_view two () { return "nop; syscall"; }
static constexpr std::string_view output () { return "=a"; }
static constexpr std::string_view destroyed () { return "rcx"; }

__attribute__ ((noinline)) static long
plain (long a)
{
  long result;
  __asm__ volatile ((instruction ())
		    : (output ()) (result)
		    : "0" ((long) FIRST_CALL), "D" (a)
		    : (destroyed ()), "r11", "memory");
  return result;
}

__attribute__ ((noinline)) static long
residual (long a)
{
  long result;
  __asm__ volatile ((two ())
		    : "=a" (result)
		    : "0" ((long) FIRST_CALL + 1), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (plain (10), 3);
  check_call (FIRST_CALL, 1, 10L);
  check_equal (residual (20), 3);
  check_thunked_call (FIRST_CALL + 1, 1, 20L);
}
