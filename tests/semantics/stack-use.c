/* What a diverted call takes of the stack between the site and the handler, of
   any arity: less than 512 bytes, and with the thunk the CPU's state besides.
   Where the handler is isolated, what the whole call takes of the program's: less
   than 512 bytes, with the thunk too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <cpuid.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "semantics.h"

/* The limit, and what the thunk's state is aligned to.  */
enum { LIMIT = 512, ALIGNMENT = 64 };

static inline __attribute__ ((__always_inline__)) long
stack_pointer (void)
{
  long rsp;
  __asm__ __volatile__ ("movq %%rsp, %0" : "=r" (rsp));
  return rsp;
}

static enum way parents_way;

/* Below the stack pointer and a leaf function's own: what has other bytes
   afterwards was used.  */
enum { RED_ZONE = 128, FILLED = 32768, FILLING = 0x5a };

static inline __attribute__ ((__always_inline__)) long
filled_stack (void)
{
  long rsp = stack_pointer ();
  long start = rsp - FILLED, size = FILLED - RED_ZONE;
  __asm__ __volatile__ ("rep stosb"
			: "+D" (start), "+c" (size)
			: "a" (FILLING)
			: "memory");
  return rsp;
}

/* From the stack pointer at the site, RSP, to that which the handler was
   entered with, which is below the address of its return address, RESULT; or to
   the lowest byte that has changed.  */
static long
used (long rsp, long result)
{
  const volatile unsigned char *lowest = (unsigned char *) rsp - FILLED;

  if (parents_way == ISOLATED)
    {
      while (*lowest == FILLING)
	lowest++;
      return rsp - (long) lowest;
    }
  CHECK (result < rsp && result > rsp - 65536);
  return rsp - (result - 8);
}

#define ASM(inputs...)							\
  __asm__ __volatile__ ("syscall"					\
			: "=a" (result)					\
			: "0" ((long) CONTROL_PROBE), ##inputs		\
			: "rcx", "r11", "memory")

/* One function for each arity, in which the stack pointer is the same from
   start to end.  */
#define DEFINE(name, asm)						\
  static __attribute__ ((__noinline__)) long				\
  name (void)								\
  {									\
    register long r10 __asm__ ("r10") = 4;				\
    register long r8 __asm__ ("r8") = 5;				\
    register long r9 __asm__ ("r9") = 6;				\
    long rsp = filled_stack (), result;					\
    asm;								\
    (void) r10, (void) r8, (void) r9;					\
    return used (rsp, result);						\
  }

DEFINE (arity0, ASM ())
DEFINE (arity1, ASM ("D" (1L)))
DEFINE (arity2, ASM ("D" (1L), "S" (2L)))
DEFINE (arity3, ASM ("D" (1L), "S" (2L), "d" (3L)))
DEFINE (arity4, ASM ("D" (1L), "S" (2L), "d" (3L), "r" (r10)))
DEFINE (arity5, ASM ("D" (1L), "S" (2L), "d" (3L), "r" (r10), "r" (r8)))
DEFINE (arity6, ASM ("D" (1L), "S" (2L), "d" (3L), "r" (r10), "r" (r8),
		     "r" (r9)))

static __attribute__ ((__noinline__)) long
thunk (void)
{
  long rsp = filled_stack (), result;
  __asm__ __volatile__ ("nop\n\tsyscall"
			: "=a" (result)
			: "0" ((long) CONTROL_PROBE)
			: "rcx", "r11", "memory");
  return used (rsp, result);
}

/* From the call of libc's function on.  */

static __attribute__ ((__noinline__)) long
libc_lseek (void)
{
  long rsp = filled_stack ();
  return used (rsp, lseek (-1, 0, SEEK_SET));
}

static __attribute__ ((__noinline__)) long
libc_mmap (void)
{
  long rsp = filled_stack ();
  return used (rsp, (long) mmap (NULL, 1, 0, 0, -1, 0));
}

static __attribute__ ((__noinline__)) long
libc_syscall (void)
{
  long rsp = filled_stack ();
  return used (rsp, syscall (CONTROL_PROBE));
}

static long
state_size (void)
{
  unsigned int eax, ebx, ecx, edx;
  if (!__get_cpuid_count (0xd, 0, &eax, &ebx, &ecx, &edx))
    return 512;
  return ebx;
}

static void
check (const char *name, long (*function) (void), long limit)
{
  function ();
  long size = function ();
  printf ("%s: %ld bytes\n", name, size);
  CHECK (size > RED_ZONE && size < limit);
}

int
main (void)
{
  parents_way = way ();
  int action = parents_way == ISOLATED ? ACTION_PASS : ACTION_STACK;
  long state = parents_way == ISOLATED ? 0 : state_size () + ALIGNMENT;

  rule (CONTROL_PROBE, action, 0);
  check ("no argument", arity0, LIMIT);
  check ("1 argument", arity1, LIMIT);
  check ("2 arguments", arity2, LIMIT);
  check ("3 arguments", arity3, LIMIT);
  check ("4 arguments", arity4, LIMIT);
  check ("5 arguments", arity5, LIMIT);
  check ("6 arguments", arity6, LIMIT);
  check ("syscall ()", libc_syscall, LIMIT);
  check ("thunk", thunk, LIMIT + state);
  rule (SYS_lseek, action, 0);
  check ("lseek ()", libc_lseek, LIMIT);
  rule (SYS_lseek, ACTION_PASS, 0);
  rule (SYS_mmap, action, 0);
  check ("mmap ()", libc_mmap, LIMIT);
  rule (SYS_mmap, ACTION_PASS, 0);
  return 0;
}
