/* A handler gets the value of an argument that is an int or an unsigned int,
   whatever the other half of its register holds; and the whole register is as
   it was afterwards.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include "check.h"
#include "record.h"

/* The call with all arguments of TYPE.  What they are made of is used again
   after it.  */
#define TRY(type)                                                             \
  static __attribute__ ((__noinline__)) unsigned long                        \
  try_##type (unsigned long n, unsigned long a, unsigned long b,              \
	      unsigned long c, unsigned long d, unsigned long e,              \
	      unsigned long f)                                                \
  {                                                                           \
    long result;                                                              \
    register type r10 __asm__ ("r10") = (type) d;                             \
    register type r8 __asm__ ("r8") = (type) e;                               \
    register type r9 __asm__ ("r9") = (type) f;                               \
    __asm__ volatile ("syscall"                                               \
		      : "=a" (result)                                         \
		      : "a" ((type) n), "D" ((type) a), "S" ((type) b),       \
			"d" ((type) c), "r" (r10), "r" (r8), "r" (r9)         \
		      : "rcx", "r11", "memory");                              \
    CHECK (result == 7);                                                      \
    return n ^ a ^ b ^ c ^ d ^ e ^ f;                                         \
  }

TRY (int)
TRY (unsigned)
TRY (long)

/* Some are ints, some unsigned, some neither.  */
static __attribute__ ((__noinline__)) unsigned long
try_mixed (unsigned long a, unsigned long b, unsigned long c)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (39L), "D" ((int) a), "S" (b), "d" ((unsigned) c)
		    : "rcx", "r11", "memory");
  CHECK (result == 7);
  return a ^ b ^ c;
}

static const unsigned long values[]
  = { 0,
      1,
      0x7fffffff,
      0x80000000,
      0xffffffff,
      0xffffff9c,
      0x1234567800000000,
      0x12345678ffffff9c,
      0xffffffff7fffffff,
      0xfedcba9880000000 };
enum { COUNT = sizeof values / sizeof *values };

#define TRY_ALL(type)                                                         \
  for (int i = 0; i < COUNT; i++)                                             \
    {                                                                         \
      unsigned long v[7], all = 0;                                            \
      for (int k = 0; k < 7; k++)                                             \
	all ^= v[k] = values[(i + k * 3) % COUNT];                            \
      CHECK (try_##type (v[6], v[0], v[1], v[2], v[3], v[4], v[5]) == all);   \
      CHECK (seen_nr == 6 && seen_number == (long) (type) v[6]);              \
      for (int k = 0; k < 6; k++)                                             \
	CHECK (seen[k] == (long) (type) v[k]);                                \
    }

int
main (void)
{
  answer = 7;
  __pure_syscall = record;
  TRY_ALL (int)
  TRY_ALL (unsigned)
  TRY_ALL (long)
  for (int i = 0; i < COUNT; i++)
    {
      unsigned long a = values[i], b = values[(i + 1) % COUNT],
		    c = values[(i + 2) % COUNT];
      CHECK (try_mixed (a, b, c) == (a ^ b ^ c));
      CHECK (seen_nr == 3 && seen_number == 39);
      CHECK (seen[0] == (int) a && seen[1] == (long) b
	     && seen[2] == (long) (unsigned) c);
    }
  __pure_syscall = NULL;
  return 0;
}
