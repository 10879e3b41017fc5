/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A constant number is reported, and looked at, as it is after the conversions
   on its way to the register: 314 as an unsigned char is 58, which is vfork's.
   A volatile variable's is not known.  */
/* action: compile */
/* expect-report: {"function": "narrowed", "number": 58, "name": "vfork", "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
/* expect-report: {"function": "widened", "number": 39, "name": "getpid", "kind": "guarded"} */
/* expect-report: {"function": "unknown", "number": null, "name": null, "kind": "guarded"} */
#include "testing.h"

#define SITE(number)                                                          \
  long result;                                                                \
  __asm__ volatile ("syscall" : "=a" (result) : "a" (number) : CLOBBERS);     \
  return result

long
narrowed (void)
{
  int number = 314;
  unsigned char low = number;
  SITE (low);
}

long
widened (void)
{
  short number = 39;
  unsigned long all = number;
  SITE (all);
}

long
unknown (void)
{
  volatile int number = 58;
  SITE (number);
}
