/* Calls passed on: to the vDSO where it knows them, else to the gateway.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The C library reads clocks without entering the kernel, by the functions of
   the vDSO (vdso(7)).  With a handler set it doesn't, so that the handler sees
   the calls; those that are passed on are answered by the vDSO here, and cost
   what they would have cost without a handler.  Its functions return what the
   system calls do, but a pointer that can't be written through is a fault and
   no EFAULT, as in the C library's own calls.  */

#include <asm/unistd.h>
#include <stddef.h>
#include <time.h>
#include "pure.h"
#include "vdso.h"

/* Does the vDSO read clock ID itself?  It would make a system call of its own
   for another.  */
static inline int
vdso_clock_p (long id)
{
  const unsigned long ids = 1ul << CLOCK_REALTIME | 1ul << CLOCK_MONOTONIC
			    | 1ul << CLOCK_MONOTONIC_RAW
			    | 1ul << CLOCK_REALTIME_COARSE
			    | 1ul << CLOCK_MONOTONIC_COARSE
			    | 1ul << CLOCK_BOOTTIME | 1ul << CLOCK_TAI;
  unsigned int number = id;

  return number < 8 * sizeof ids && (ids >> number & 1);
}

/* NUMBER, one of those that the vDSO may answer (gateway.S), by it if it knows
   it.  None has more than three arguments.  */
long PURE_HIDDEN
__pure_by_vdso (long number, long a1, long a2, long a3)
{
  switch (number)
    {
    case __NR_clock_gettime:
      if (PURE_VDSO (clock_gettime) && vdso_clock_p (a1) && a2)
	return PURE_VDSO (clock_gettime) (a1, (void *) a2);
      break;
    case __NR_clock_getres:
      if (PURE_VDSO (clock_getres) && vdso_clock_p (a1))
	return PURE_VDSO (clock_getres) (a1, (void *) a2);
      break;
    case __NR_gettimeofday:
      if (PURE_VDSO (gettimeofday))
	return PURE_VDSO (gettimeofday) ((void *) a1, (void *) a2);
      break;
    case __NR_time:
      if (PURE_VDSO (time))
	return PURE_VDSO (time) ((void *) a1);
      break;
    case __NR_getcpu:
      if (PURE_VDSO (getcpu))
	return PURE_VDSO (getcpu) ((void *) a1, (void *) a2, (void *) a3);
      break;
    }
  return __pure_gateway (number, a1, a2, a3, 0, 0, 0);
}
