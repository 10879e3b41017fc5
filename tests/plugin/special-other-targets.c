/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Code for 32 bits has no guard and no thunk: with a warning the site stays
   native.  */
/* action: compile */
/* variants: ?-m32 | ?-m32 -O2 | ?-mx32 */
/* expect-warning: stays native: the code is not for x86-64 with 64-bit longs */
/* expect-report: {"function": "f", "kind": "native", "residual": "the code is not for x86-64 with 64-bit longs"} */
long
f (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (39L), "D" (a)
		    : "memory");
  return result;
}
