/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands that can't be modelled make a site residual, with the reason.  */
/* action: compile */
/* expect-report: {"function": "any_register", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "one_of_two", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "alternatives", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "register_or_memory", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "unconstrained", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "any_result", "number": null, "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "no_number", "number": null, "nargs": null, "kind": "thunk", "residual": "no operand sets rax, the call's number"} */
/* expect-report: {"function": "no_operands", "nargs": null, "kind": "thunk", "residual": "no operand sets rax, the call's number"} */
/* expect-report: {"function": "floating", "kind": "thunk", "residual": "an operand is neither an integer nor a pointer"} */
/* expect-report: {"function": "floating_result", "kind": "thunk", "residual": "an operand is neither an integer nor a pointer"} */
/* expect-report: {"function": "structure", "kind": "thunk", "residual": "an operand is neither an integer nor a pointer"} */
/* expect-report: {"function": "two_registers", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "vector", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "flags", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-report: {"function": "destroyed_register", "kind": "thunk", "residual": "an output is in a register that the call gives no known value"} */
/* expect-report: {"function": "unset_register", "kind": "thunk", "residual": "an output is in a register that the call gives no known value"} */
/* expect-report: {"function": "jump", "kind": "thunk", "residual": "the statement is an asm goto"} */
#include "testing.h"

typedef float vector_t __attribute__ ((vector_size (16)));
struct structure { long a; };

#define SITE(outputs, ...)                                                    \
  __asm__ volatile ("syscall" : outputs : __VA_ARGS__ : CLOBBERS)
#define RESULT "=a" (result)

long
any_register (long a)
{
  long result;
  SITE (RESULT, "a" (1), "r" (a));
  return result;
}

long
one_of_two (long a)
{
  long result;
  SITE (RESULT, "a" (1), "DS" (a));
  return result;
}

long
alternatives (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a,a" (result)
		    : "a,a" (1), "D,S" (a)
		    : CLOBBERS);
  return result;
}

/* It is no operand in memory, of which mode=call would make one.  */
long
unconstrained (long a)
{
  long result;
  SITE (RESULT, "a" (1), "D" (a), "" (0));
  return result;
}

long
register_or_memory (long a)
{
  long result;
  SITE (RESULT, "a" (1), "Dm" (a));
  return result;
}

long
any_result (void)
{
  long result;
  SITE ("=r" (result), "0" (1));
  return result;
}

long
no_number (long a)
{
  long result;
  SITE (RESULT, "D" (a));
  return result;
}

void
no_operands (void)
{
  __asm__ volatile ("syscall" : : : CLOBBERS);
}

long
floating (double a)
{
  long result;
  SITE (RESULT, "a" (1), "D" (a));
  return result;
}

double
floating_result (void)
{
  double result;
  SITE (RESULT, "a" (1));
  return result;
}

long
structure (struct structure a)
{
  long result;
  SITE (RESULT, "a" (1), "D" (a));
  return result;
}

long
two_registers (void)
{
  __int128 result;
  SITE ("=A" (result), "a" (1));
  return result;
}

long
vector (vector_t a)
{
  long result;
  SITE (RESULT, "a" (1), "x" (a));
  return result;
}

long
flags (void)
{
  long result;
  int carry;
  __asm__ volatile ("syscall"
		    : "=a" (result), "=@ccc" (carry)
		    : "a" (1)
		    : CLOBBERS);
  return result + carry;
}

long
destroyed_register (void)
{
  long result, rcx;
  __asm__ volatile ("syscall"
		    : "=a" (result), "=c" (rcx)
		    : "a" (1)
		    : "r11", "memory");
  return result + rcx;
}

long
unset_register (void)
{
  long result, rdx;
  __asm__ volatile ("syscall" : "=a" (result), "=d" (rdx) : "a" (1) : CLOBBERS);
  return result + rdx;
}

long
jump (void)
{
  asm goto ("syscall" : : "a" (1) : CLOBBERS : out);
  return 0;
out:
  return 1;
}
