/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The number is known, and looked at, also in a region of exceptions and after
   a branch.  (It was not, once, and a vfork was guarded.)  */
/* action: compile */
/* expect-report: {"function": "in_region", "number": 58, "name": "vfork", "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
/* expect-report: {"function": "in_try", "number": 57, "name": "fork", "kind": "guarded"} */
/* expect-report: {"function": "register_variable", "number": 435, "name": "clone3", "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
/* expect-report: {"function": "after_branch", "number": 39, "name": "getpid", "kind": "guarded"} */
/* expect-report: {"function": "two_values", "number": null, "kind": "guarded"} */
#include "testing.h"

struct counted
{
  ~counted ();
};

long
in_region ()
{
  counted one;
  long number = 58, result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (number) : CLOBBERS);
  return result;
}

long
in_try ()
{
  try
    {
      long number = 57, result;
      __asm__ volatile ("syscall" : "=a" (result) : "0" (number) : CLOBBERS);
      return result;
    }
  catch (...)
    {
      return -1;
    }
}

long
register_variable (long a)
{
  counted one;
  register long rax __asm__ ("rax") = 435;
  register long r10 __asm__ ("r10") = a;
  __asm__ volatile ("syscall" : "+r" (rax) : "r" (r10) : CLOBBERS);
  return rax;
}

long
after_branch (long a)
{
  long number = 39, result = -1;
  if (a > 3)
    __asm__ volatile ("syscall" : "=a" (result) : "0" (number) : CLOBBERS);
  return result;
}

long
two_values (long a)
{
  long number = 39, result;
  if (a > 3)
    number = 58;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (number) : CLOBBERS);
  return result;
}
