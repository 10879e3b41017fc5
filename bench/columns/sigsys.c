/* A SIGSYS handler that makes the call which the signal is about.

   SPDX-License-Identifier: GPL-3.0-or-later

   What is more than "make the call and store its result" is so that programs
   with threads, children and signals of their own survive it:
   - The kernel kills a process whose SIGSYS is blocked.  So the signal masks
     that the program asks for are set without it; the one of rt_sigprocmask in
     the frame, from where the return from the handler restores it.
   - A child with a stack of its own comes out at the site, not in here: the
     registers are those of the site, and its address is on the new stack.
   - vfork is fork.  clone3 isn't there, which the C library is ready for.  */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "probe.h"
#include "sigsys.h"

/* The kernel's struct sigaction.  */
struct action
{
  void (*handler) (int, siginfo_t *, void *);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};
#define SA_RESTORER 0x04000000
static const unsigned long without_sigsys = ~(1UL << (SIGSYS - 1));

extern void restore (void);
extern long clone_at_site (greg_t *registers);
extern void return_from_signal (greg_t stack) __attribute__ ((noreturn));

/* The offsets in clone_at_site are 8 times the REG_ constants of
   <sys/ucontext.h>.  */
__asm__ (".text\n"
	 ".globl sigsys_begin, sigsys_end, sigsys_native\n"
	 ".hidden sigsys_begin, sigsys_end, sigsys_native\n"
	 "sigsys_begin:\n"
	 "sigsys_native:\n"
	 "	movq	%rdi, %rax\n"
	 "	movq	%rsi, %rdi\n"
	 "	movq	%rdx, %rsi\n"
	 "	movq	%rcx, %rdx\n"
	 "	movq	%r8, %r10\n"
	 "	movq	%r9, %r8\n"
	 "	movq	8(%rsp), %r9\n"
	 "	syscall\n"
	 "	ret\n"
	 "restore:\n"
	 "	movl	$15, %eax\n"
	 "	syscall\n"
	 "return_from_signal:\n"
	 "	movq	%rdi, %rsp\n"
	 "	movl	$15, %eax\n"
	 "	syscall\n"
	 "clone_at_site:\n"
	 "	pushq	%rbx\n"
	 "	pushq	%rbp\n"
	 "	pushq	%r12\n"
	 "	pushq	%r13\n"
	 "	pushq	%r14\n"
	 "	pushq	%r15\n"
	 "	movq	(%rdi), %r8\n"
	 "	movq	8(%rdi), %r9\n"
	 "	movq	16(%rdi), %r10\n"
	 "	movq	32(%rdi), %r12\n"
	 "	movq	40(%rdi), %r13\n"
	 "	movq	48(%rdi), %r14\n"
	 "	movq	56(%rdi), %r15\n"
	 "	movq	80(%rdi), %rbp\n"
	 "	movq	88(%rdi), %rbx\n"
	 "	movq	72(%rdi), %rsi\n"
	 "	movq	96(%rdi), %rdx\n"
	 "	movq	104(%rdi), %rax\n"
	 "	movq	64(%rdi), %rdi\n"
	 "	syscall\n"
	 "	testq	%rax, %rax\n"
	 "	jz	1f\n"
	 "	popq	%r15\n"
	 "	popq	%r14\n"
	 "	popq	%r13\n"
	 "	popq	%r12\n"
	 "	popq	%rbp\n"
	 "	popq	%rbx\n"
	 "1:	ret\n"
	 "sigsys_end:\n");

static long
set_mask (unsigned long *mask, long how, const unsigned long *set,
	  unsigned long *old)
{
  unsigned long before = *mask;

  if (set && how == SIG_BLOCK)
    *mask |= *set;
  else if (set && how == SIG_UNBLOCK)
    *mask &= ~*set;
  else if (set && how == SIG_SETMASK)
    *mask = *set;
  else if (set)
    return -EINVAL;
  *mask &= without_sigsys;
  if (old)
    *old = before;
  return 0;
}

static long
set_action (long number, long signal, const struct action *action, long old,
	    long size)
{
  struct action ours;

  if (!action)
    return sigsys_native (number, signal, 0, old, size, 0, 0);
  if (signal == SIGSYS)
    return 0;
  memcpy (&ours, action, sizeof ours);
  ours.mask &= without_sigsys;
  return sigsys_native (number, signal, (long) &ours, old, size, 0, 0);
}

static long
forked (long result)
{
  if (result == 0)
    sigsys_forked ();
  return result;
}

static long
make_child (greg_t *registers)
{
  greg_t *stack = (greg_t *) registers[REG_RSI];

  if (!stack || stack == (greg_t *) registers[REG_RSP])
    return forked (sigsys_native (SYS_clone, registers[REG_RDI]
				  & ~(CLONE_VM | CLONE_VFORK), 0,
				  registers[REG_RDX], registers[REG_R10],
				  registers[REG_R8], 0));
  *--stack = registers[REG_RIP];
  registers[REG_RSI] = (greg_t) stack;
  return clone_at_site (registers);
}

static long
pass (long number, ucontext_t *context)
{
  greg_t *r = context->uc_mcontext.gregs;

  PROBE_ANSWER (number);
  switch (number)
    {
    case SYS_rt_sigprocmask:
      return set_mask ((unsigned long *) &context->uc_sigmask, r[REG_RDI],
		       (const unsigned long *) r[REG_RSI],
		       (unsigned long *) r[REG_RDX]);
    case SYS_rt_sigaction:
      return set_action (number, r[REG_RDI],
			 (const struct action *) r[REG_RSI], r[REG_RDX],
			 r[REG_R10]);
    case SYS_rt_sigreturn:
      return_from_signal (r[REG_RSP]);
    case SYS_clone:
      return make_child (r);
    case SYS_clone3:
      return -ENOSYS;
    case SYS_fork:
    case SYS_vfork:
      return forked (sigsys_native (SYS_fork, 0, 0, 0, 0, 0, 0));
    }
  return sigsys_native (number, r[REG_RDI], r[REG_RSI], r[REG_RDX],
			r[REG_R10], r[REG_R8], r[REG_R9]);
}

static void
on_sigsys (int signal, siginfo_t *info, void *data)
{
  ucontext_t *context = data;

  (void) signal;
  context->uc_mcontext.gregs[REG_RAX] = pass (info->si_syscall, context);
}

int
sigsys_start (void)
{
  struct action action = { on_sigsys,
			   SA_SIGINFO | SA_NODEFER | SA_RESTORER, restore, 0 };
  return sigsys_native (SYS_rt_sigaction, SIGSYS, (long) &action, 0,
			sizeof action.mask, 0, 0) == 0;
}
