/* With -fnon-call-exceptions a statement can throw itself: in a region it goes
   by the thunk, elsewhere it is guarded.  */
/* flags: -fnon-call-exceptions */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "in_region", "kind": "thunk", "residual": "the statement can throw"} */
/* expect-report: {"function": "elsewhere", "kind": "guarded"} */
#include "testing.h"

struct counted
{
  long *count;
  ~counted () { ++*count; }
};

#define SITE(number, a)                                                       \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (number), "D" (a)                                   \
		    : CLOBBERS)

__attribute__ ((noinline)) static long
in_region (long *count, long a)
{
  counted one { count };
  long result;
  SITE (FIRST_CALL, a);
  return result;
}

__attribute__ ((noinline)) static long
elsewhere (long a)
{
  long result;
  SITE (FIRST_CALL + 1, a);
  return result;
}

void
test ()
{
  long count = 0;
  answer = 4;
  check_equal (in_region (&count, 1), 4);
  check_thunked_call (FIRST_CALL, 1, 1L);
  check_equal (count, 1);
  check_equal (elsewhere (2), 4);
  check_call (FIRST_CALL + 1, 1, 2L);
}
