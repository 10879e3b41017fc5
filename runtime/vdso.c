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

/* Is NUMBER one that the vDSO may answer?  */
static inline int
vdso_number_p (long number)
{
  switch (number)
    {
    case __NR_clock_gettime:
    case __NR_clock_getres:
    case __NR_gettimeofday:
    case __NR_time:
    case __NR_getcpu:
      return 1;
    default:
      return 0;
    }
}

/* A function of its own so that the way of all other calls is a jump to the
   gateway, and nothing is saved on it.  */
#define ASIDE __attribute__ ((__noinline__, __cold__))

/* NUMBER, one of those, by the vDSO if that knows it.  For gateway.S too.  */
long PURE_HIDDEN ASIDE
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
  /* None of them has more than three arguments.  */
  return __pure_gateway (number, a1, a2, a3, 0, 0, 0);
}

/* As pure_native_syscall.  */
long
__pure_native (long number, long a1, long a2, long a3, long a4, long a5,
	       long a6)
{
  if (__builtin_expect (vdso_number_p (number), 0))
    return __pure_by_vdso (number, a1, a2, a3);
  return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
}
