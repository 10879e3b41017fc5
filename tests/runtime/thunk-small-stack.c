/* A thread with a stack of a kilobyte can end by a thunked site: nothing is
   kept of one that doesn't come back.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <linux/futex.h>
#include <purecc.h>
#include <sched.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static int exits;

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (long i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  if (number == SYS_exit)
    exits++;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* The template has more than the instruction, so that it takes the thunk.  */
static int
leave (void *status)
{
  __asm__ __volatile__ ("movl $60, %%eax; syscall"
			: : "D" ((long) status) : "rax", "rcx", "r11", "memory");
  return 0;
}

int
main (void)
{
  /* What is beside the stack has to be as it was.  */
  static struct
  {
    char below[4096];
    char stack[1024] __attribute__ ((__aligned__ (16)));
    char above[4096];
  } memory;
  /* The thread shares the parent's thread pointer, and its mark: the parent
     makes no call until it has ended.  */
  static int thread = 1;

  /* The function's first call may be by way of the loader, which needs more
     stack than that.  */
  pure_native_syscall (SYS_getpid, 0, 0, 0, 0, 0, 0);
  pure_set_handler (pass);
  int made = clone (leave, memory.stack + sizeof memory.stack,
		    CLONE_VM | CLONE_THREAD | CLONE_SIGHAND
		    | CLONE_CHILD_CLEARTID, NULL, NULL, NULL, &thread);
  CHECK (made > 0);
  while (__atomic_load_n (&thread, __ATOMIC_ACQUIRE) != 0)
    continue;
  pure_set_handler (NULL);
  CHECK (exits == 1);
  for (size_t i = 0; i < sizeof memory.below; i++)
    CHECK (memory.below[i] == 0 && memory.above[i] == 0);
  return 0;
}
