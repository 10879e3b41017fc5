/* Sites of every number of arguments and in each of the usual forms, and a
   check of all of them: the body of cases about what a whole build may do to
   sites.

   SPDX-License-Identifier: GPL-3.0-or-later

   Arguments are read from memory, and results are stored to it, between the
   assignment of the register variables and the statement: that is where
   sanitizers put their calls.  */

#ifndef SITES_H
#define SITES_H 1

#include "testing.h"

struct sites_memory
{
  long in[6];
  long out;
  int narrow;
};

static struct sites_memory sites_memory
  = { { 0x101010101, 0x202020202, 0x303030303, 0x404040404, 0x505050505,
	0x606060606 }, 0, 0 };

/* As in musl.  */

static inline long
site0 (long n)
{
  unsigned long ret;
  __asm__ __volatile__ ("syscall" : "=a" (ret) : "a" (n)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site1 (long n, long a)
{
  unsigned long ret;
  __asm__ __volatile__ ("syscall" : "=a" (ret) : "a" (n), "D" (a)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site2 (long n, long a, long b)
{
  unsigned long ret;
  __asm__ __volatile__ ("syscall" : "=a" (ret) : "a" (n), "D" (a), "S" (b)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site3 (long n, long a, long b, long c)
{
  unsigned long ret;
  __asm__ __volatile__ ("syscall" : "=a" (ret)
			: "a" (n), "D" (a), "S" (b), "d" (c)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site4 (long n, long a, long b, long c, long d)
{
  unsigned long ret;
  register long r10 __asm__ ("r10") = d;
  __asm__ __volatile__ ("syscall" : "=a" (ret)
			: "a" (n), "D" (a), "S" (b), "d" (c), "r" (r10)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site5 (long n, long a, long b, long c, long d, long e)
{
  unsigned long ret;
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  __asm__ __volatile__ ("syscall" : "=a" (ret)
			: "a" (n), "D" (a), "S" (b), "d" (c), "r" (r10),
			  "r" (r8)
			: "rcx", "r11", "memory");
  return ret;
}

static inline long
site6 (long n, long a, long b, long c, long d, long e, long f)
{
  unsigned long ret;
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long r9 __asm__ ("r9") = f;
  __asm__ __volatile__ ("syscall" : "=a" (ret)
			: "a" (n), "D" (a), "S" (b), "d" (c), "r" (r10),
			  "r" (r8), "r" (r9)
			: "rcx", "r11", "memory");
  return ret;
}

/* As in glibc: every argument in a register variable, after a temporary.  */

static long
glibc_site6 (const struct sites_memory *m)
{
  unsigned long int resultvar;
  long arg6 = m->in[5];
  long arg5 = m->in[4];
  long arg4 = m->in[3];
  long arg3 = m->in[2];
  long arg2 = m->in[1];
  long arg1 = m->in[0];
  register long a6 __asm__ ("r9") = arg6;
  register long a5 __asm__ ("r8") = arg5;
  register long a4 __asm__ ("r10") = arg4;
  register long a3 __asm__ ("rdx") = arg3;
  register long a2 __asm__ ("rsi") = arg2;
  register long a1 __asm__ ("rdi") = arg1;
  __asm__ __volatile__ ("syscall\n\t" : "=a" (resultvar)
			: "0" (FIRST_CALL + 16), "r" (a1), "r" (a2), "r" (a3),
			  "r" (a4), "r" (a5), "r" (a6)
			: "memory", "cc", "r11", "cx");
  return (long) resultvar;
}

/* As in liburing and in much handwritten code: memory is read straight into
   the register variables, and a result goes straight to memory.  */

static void
direct_site6 (struct sites_memory *m)
{
  register long rax __asm__ ("rax") = FIRST_CALL + 26;
  register long r10 __asm__ ("r10") = m->in[3];
  register long r8 __asm__ ("r8") = m->in[4];
  register long r9 __asm__ ("r9") = m->in[5];
  __asm__ __volatile__ ("syscall" : "+r" (rax)
			: "D" (m->in[0]), "S" (m->in[1]), "d" (m->in[2]),
			  "r" (r10), "r" (r8), "r" (r9)
			: "rcx", "r11", "memory");
  m->out = rax;
}

/* The result is stored to memory by the statement itself.  */

static void
storing_site4 (struct sites_memory *m)
{
  register long r10 __asm__ ("r10") = m->in[3];
  __asm__ __volatile__ ("syscall" : "=a" (m->narrow)
			: "a" (FIRST_CALL + 34), "D" (m->in[0]),
			  "S" (m->in[1]), "d" (m->in[2]), "r" (r10)
			: "rcx", "r11", "memory");
}

/* Two statements share the assignments, which are in another block.  */

static long
sharing_sites (const struct sites_memory *m, int again)
{
  register long r10 __asm__ ("r10") = m->in[3];
  register long r8 __asm__ ("r8") = m->in[4];
  long first, second = 0;
  __asm__ __volatile__ ("syscall" : "=a" (first)
			: "a" (FIRST_CALL + 45), "D" (m->in[0]),
			  "S" (m->in[1]), "d" (m->in[2]), "r" (r10), "r" (r8)
			: "rcx", "r11", "memory");
  if (again)
    __asm__ __volatile__ ("syscall" : "=a" (second)
			  : "a" (FIRST_CALL + 55), "D" (m->in[0]),
			    "S" (m->in[1]), "d" (m->in[2]), "r" (r10),
			    "r" (r8)
			  : "rcx", "r11", "memory");
  return first + second;
}

/* Check all of them.  */

static void
check_sites (void)
{
  struct sites_memory *m = &sites_memory;
  long *v = m->in;

  __asm__ ("" : "+r" (m));	/* nothing is known of the memory */
  answer = -38;
  check_equal (site0 (FIRST_CALL), -38);
  check_call (FIRST_CALL, 0);
  answer = 0x123456789;
  check_equal (site1 (FIRST_CALL + 1, v[0]), answer);
  check_call (FIRST_CALL + 1, 1, v[0]);
  check_equal (site2 (FIRST_CALL + 2, v[0], v[1]), answer);
  check_call (FIRST_CALL + 2, 2, v[0], v[1]);
  check_equal (site3 (FIRST_CALL + 3, v[0], v[1], v[2]), answer);
  check_call (FIRST_CALL + 3, 3, v[0], v[1], v[2]);
  check_equal (site4 (FIRST_CALL + 4, v[0], v[1], v[2], v[3]), answer);
  check_call (FIRST_CALL + 4, 4, v[0], v[1], v[2], v[3]);
  check_equal (site5 (FIRST_CALL + 5, v[0], v[1], v[2], v[3], v[4]), answer);
  check_call (FIRST_CALL + 5, 5, v[0], v[1], v[2], v[3], v[4]);
  check_equal (site6 (FIRST_CALL + 6, v[0], v[1], v[2], v[3], v[4], v[5]),
	       answer);
  check_call (FIRST_CALL + 6, 6, v[0], v[1], v[2], v[3], v[4], v[5]);

  check_equal (glibc_site6 (m), answer);
  check_call (FIRST_CALL + 16, 6, v[0], v[1], v[2], v[3], v[4], v[5]);
  direct_site6 (m);
  check_equal (m->out, answer);
  check_call (FIRST_CALL + 26, 6, v[0], v[1], v[2], v[3], v[4], v[5]);
  storing_site4 (m);
  check_equal (m->narrow, (int) answer);
  check_call (FIRST_CALL + 34, 4, v[0], v[1], v[2], v[3]);
  answer = 21;
  check_equal (sharing_sites (m, handled + 1), 42);
  check_call (FIRST_CALL + 45, 5, v[0], v[1], v[2], v[3], v[4]);
  check_call (FIRST_CALL + 55, 5, v[0], v[1], v[2], v[3], v[4]);
}

#endif /* sites.h */
