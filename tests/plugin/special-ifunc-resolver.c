/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site in the resolver of an indirect function stays native: it runs before
   addresses are filled in.  The function that is chosen is guarded.  */
/* variants: -O0 | -O2 | -O2 -fno-pie -no-pie | -O2 -static */
/* variants: -O2 -static-pie -fPIE | -O2 -Wl,-z,now */
/* expect-warning: stays native: the function is an IFUNC resolver, and runs before relocation */
/* expect-report: {"function": "resolve", "number": 39, "kind": "native", "residual": "the function is an IFUNC resolver, and runs before relocation"} */
/* expect-report: {"function": "chosen", "kind": "guarded"} */
#include "testing.h"

static long
chosen (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}

static long (*resolve (void)) (long)
{
  long process;
  __asm__ volatile ("syscall" : "=a" (process) : "0" (39L) : CLOBBERS);
  return process > 0 ? chosen : 0;
}

extern long indirect (long a) __attribute__ ((ifunc ("resolve")));

void
test (void)
{
  answer = 3;
  check_equal (indirect (4), 3);
  check_call (FIRST_CALL, 1, 4L);
}
