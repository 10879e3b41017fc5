/* clone with a stack, vfork, and clone with shared memory and no stack, each
   by a thunked site: the handler sees the call and may refuse it; passed on,
   the child goes on after the instruction, on the stack that is meant, with
   the site's registers, and its own calls are diverted.  A child that shares
   memory here suspends its parent: two that run at once need a thread pointer
   each (CLONE_SETTLS), as pthread_create's have.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "check.h"

static volatile int seen[512];
static long refuse;

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);

  if (number >= 0 && number < 512)
    seen[number]++;
  if (number == refuse)
    return -EAGAIN;
  /* Frames that a child on this stack would overwrite.  */
  volatile char frame[3000];
  memset ((char *) frame, number, sizeof frame);
  long result
    = pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
  for (unsigned int i = 0; i < sizeof frame; i++)
    if (frame[i] != (char) number)
      return -ENOTRECOVERABLE;
  return result;
}

/* What start_thread does in assembly: a child that calls FUNCTION (ARG) on
   STACK and exits with what that returns.  The arguments are in registers that
   the call keeps.  */
long clone_site (long flags, void *stack, long (*function) (long), long arg);
/* vfork (), as a function can have it: the return address in a register.  */
pid_t vfork_site (void);

__asm__ (
  "	.text\n"
  "	.globl	clone_site\n"
  "clone_site:\n"
  "	pushq	%rbx\n"
  "	movq	%rcx, %r9\n"
  "	movq	%rdx, %rbx\n"
  "	xorl	%edx, %edx\n"
  "	xorl	%r10d, %r10d\n"
  "	xorl	%r8d, %r8d\n"
  "	movl	$56, %eax\n"
  "	syscall\n"
  "	testq	%rax, %rax\n"
  "	jz	1f\n"
  "	popq	%rbx\n"
  "	ret\n"
  "1:	xorl	%ebp, %ebp\n"
  "	andq	$-16, %rsp\n"
  "	movq	%r9, %rdi\n"
  "	call	*%rbx\n"
  "	movl	%eax, %edi\n"
  "	movl	$60, %eax\n"
  "	syscall\n"
  "	hlt\n"
  "	.globl	vfork_site\n"
  "vfork_site:\n"
  "	popq	%rdi\n"
  "	movl	$58, %eax\n"
  "	syscall\n"
  "	pushq	%rdi\n"
  "	ret\n");

static volatile long child_said;

static long
child (long arg)
{
  volatile char deep[8000];
  memset ((char *) deep, 1, sizeof deep);
  child_said = arg + site0 (1000) + deep[17] - 1;
  return 42;
}

static void
check_status (long pid, int expected)
{
  int status = 0;
  CHECK (pid > 0);
  CHECK (waitpid (pid, &status, __WALL) == pid);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == expected);
}

static void
check_clone (void *stack, long flags, int shared)
{
  long top = (long) stack + 65536;
  int before = seen[SYS_clone];

  child_said = 0;
  __pure_syscall = pass;
  long pid = clone_site (flags | SIGCHLD, (void *) top, child, 4711);
  __pure_syscall = NULL;
  check_status (pid, 42);
  CHECK (seen[SYS_clone] == before + 1);
  if (shared)
    CHECK (child_said == 4711 - ENOSYS && seen[1000 % 512] == 0);
}

static void
check_vfork (int i)
{
  int before = seen[SYS_vfork], pids = seen[SYS_getpid];
  volatile int local = 1;

  __pure_syscall = pass;
  pid_t pid = vfork_site ();
  if (pid == 0)
    {
      /* In the parent's memory, on its stack.  */
      volatile char deep[6000];
      memset ((char *) deep, 3, sizeof deep);
      local = 2 + (site0 (SYS_getpid) < 0);
      site1 (SYS_exit, 10 + i % 2 + deep[5] - 3);
    }
  __pure_syscall = NULL;
  check_status (pid, 10 + i % 2);
  CHECK (local == 2);
  CHECK (seen[SYS_vfork] == before + 1);
  CHECK (seen[SYS_getpid] == pids + 1);
}

int
main (void)
{
  void *stack = mmap (NULL, 65536, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (stack != MAP_FAILED);

  refuse = SYS_clone;
  __pure_syscall = pass;
  long refused = clone_site (SIGCHLD, (char *) stack + 65536, child, 1);
  refuse = SYS_vfork;
  pid_t refused_vfork = vfork_site ();
  refuse = -1;
  __pure_syscall = NULL;
  CHECK (refused == -EAGAIN && refused_vfork == -EAGAIN);

  for (int i = 0; i < 200; i++)
    {
      check_clone (stack, 0, 0);
      check_clone (stack, CLONE_VM | CLONE_VFORK, 1);
      check_vfork (i);
    }
  return 0;
}
