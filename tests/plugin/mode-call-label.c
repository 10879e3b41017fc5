/* In `call' mode a site whose template has a label, which something may refer
   to, stays where it is, and is tested as in `inline' mode.  */
/* variants: -O0 | -O2 */
/* plugin: mode=call */
/* expect-report: {"function": "labelled", "kind": "guarded"} */
/* expect-asm: __pure_syscall */
/* expect-asm: the_site: */
#include "testing.h"

extern const unsigned char the_site[];

__attribute__ ((noinline)) static long
labelled (long a)
{
  long result;
  __asm__ volatile ("the_site: syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

void
test (void)
{
  answer = 3;
  check_equal (labelled (4), 3);
  check_call (FIRST_CALL, 1, 4L);
  check_equal (the_site[0], 0x0f);
  check_equal (the_site[1], 0x05);
}
