/* What the runtime's tests share: checks, and system calls by inline asm,
   which the plugin guards.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHECK_H
#define CHECK_H 1

#include <stdio.h>
#include <stdlib.h>

/* Say where it failed and end the test, by stdio, once the pointer is out of
   the way.  */
#define CHECK(condition)						\
  do									\
    if (!(condition))							\
      {									\
	__pure_syscall = NULL;						\
	fprintf (stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__,	\
		 #condition);						\
	exit (1);							\
      }									\
  while (0)

static inline long
site0 (long number)
{
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result) : "a" (number)
			: "rcx", "r11", "memory");
  return result;
}

static inline long
site1 (long number, long a)
{
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result) : "a" (number), "D" (a)
			: "rcx", "r11", "memory");
  return result;
}

static inline long
site3 (long number, long a, long b, long c)
{
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "a" (number), "D" (a), "S" (b), "d" (c)
			: "rcx", "r11", "memory");
  return result;
}

static inline long
site6 (long number, long a, long b, long c, long d, long e, long f)
{
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long r9 __asm__ ("r9") = f;
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "a" (number), "D" (a), "S" (b), "d" (c), "r" (r10),
			  "r" (r8), "r" (r9)
			: "rcx", "r11", "memory");
  return result;
}

#endif /* check.h */
