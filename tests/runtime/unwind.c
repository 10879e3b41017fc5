/* At each instruction from a site through thunk, handler and gateway to the
   kernel and back an unwinder finds the site's function, with its stack pointer
   and the registers that functions keep: in a plain call, in each that makes a
   child, in the child of vfork, and in rt_sigreturn.  It finds nothing in a child
   on a stack of its own until that is back at the site, and in the parent of one
   that has used its stack until that is restored.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <linux/sched.h>
#include <purecc.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>
#include "check.h"

enum { STACK_SIZE = 65536, FIRST_VALUE = 471100 };

/* Make call NUMBER (A, B, C, D) with values from FIRST_VALUE on in the
   registers that functions keep.  A child, which has the result 0, exits.  The
   stack pointer at the site is in site_rsp; watched is not 0 meanwhile.  */
long call_site (long number, long a, long b, long c, long d);
/* A signal's way back that does the same with rt_sigreturn.  */
void restorer (void);
extern const char site_start[], site_end[];
long site_rsp, watched;

/* The child's end, by an instruction that isn't guarded.  */
static void __attribute__ ((purecc_native, used, noreturn))
leave_natively (void)
{
  __asm__ __volatile__ ("syscall"
			: : "a" ((long) SYS_exit), "D" (0L)
			: "rcx", "r11", "memory");
  __builtin_unreachable ();
}

__asm__ (
  "	.macro	load_values\n"
  "	movq	$471100, %rbx\n"
  "	movq	$471101, %rbp\n"
  "	movq	$471102, %r12\n"
  "	movq	$471103, %r13\n"
  "	movq	$471104, %r14\n"
  "	movq	$471105, %r15\n"
  "	movq	%rsp, site_rsp(%rip)\n"
  "	movq	$1, watched(%rip)\n"
  "	.endm\n"
  "	.macro	push_kept reg\n"
  "	pushq	\\reg\n"
  "	.cfi_adjust_cfa_offset 8\n"
  "	.cfi_rel_offset \\reg, 0\n"
  "	.endm\n"
  "	.macro	pop_kept reg\n"
  "	popq	\\reg\n"
  "	.cfi_adjust_cfa_offset -8\n"
  "	.cfi_restore \\reg\n"
  "	.endm\n"
  "	.text\n"
  "	.globl	site_start, site_end\n"
  "site_start:\n"
  "	.globl	call_site\n"
  "	.type	call_site, @function\n"
  "call_site:\n"
  "	.cfi_startproc\n"
  "	.irp	reg, %rbx, %rbp, %r12, %r13, %r14, %r15\n"
  "	push_kept \\reg\n"
  "	.endr\n"
  "	movq	%rdi, %rax\n"
  "	movq	%rsi, %rdi\n"
  "	movq	%rdx, %rsi\n"
  "	movq	%rcx, %rdx\n"
  "	movq	%r8, %r10\n"
  "	xorl	%r8d, %r8d\n"
  "	load_values\n"
  "	syscall\n"
  "	testq	%rax, %rax\n"
  "	jz	1f\n"
  "	movq	$0, watched(%rip)\n"
  "	.cfi_remember_state\n"
  "	.irp	reg, %r15, %r14, %r13, %r12, %rbp, %rbx\n"
  "	pop_kept \\reg\n"
  "	.endr\n"
  "	ret\n"
  "1:	.cfi_restore_state\n"
  "	call	leave_natively\n"
  "	hlt\n"
  "	.cfi_endproc\n"
  "	.size	call_site, . - call_site\n"
  "	.globl	restorer\n"
  "	.type	restorer, @function\n"
  "	nop\n"
  "restorer:\n"
  "	.cfi_startproc\n"
  "	.cfi_undefined rip\n"
  "	load_values\n"
  "	movl	$14, %eax\n"
  "	incl	%eax\n"
  "	syscall\n"
  "	hlt\n"
  "	.cfi_endproc\n"
  "	.size	restorer, . - restorer\n"
  "site_end:\n");

/* What the children write too.  */
struct counts
{
  int steps, childrens_steps, childrens_found, wrong;
};

static struct counts *counts;
static pid_t parent;
static int own_stack;
/* Of a parent's stack that a child uses.  */
static enum { WHOLE, USED, RESTORED } stack;
/* There is memory above it: where parent and child don't know yet which they are,
   the rules are the parent's, and an unwinder in the child reads above its
   stack.  */
static char child_stack[2 * STACK_SIZE] __attribute__ ((__aligned__ (16)));

/* The registers' numbers are those of the psABI, figure 3.36.  */
static int
right_p (struct _Unwind_Context *context)
{
  static const int kept[] = { 3, 6, 12, 13, 14, 15 };

  for (int i = 0; i < 6; i++)
    if ((long) _Unwind_GetGR (context, kept[i]) != FIRST_VALUE + i)
      return 0;
  return 1;
}

/* ARG becomes 1 if the site's function is found as it should be, and -1 if it
   is otherwise.  */
static _Unwind_Reason_Code
look_at_frame (struct _Unwind_Context *context, void *arg)
{
  uintptr_t ip = _Unwind_GetIP (context);

  if (ip < (uintptr_t) site_start || ip >= (uintptr_t) site_end)
    return _URC_NO_REASON;
  int on_childs = _Unwind_GetCFA (context) == (uintptr_t) child_stack
						+ STACK_SIZE;
  int there = (long) _Unwind_GetCFA (context) == site_rsp
	      || (own_stack && on_childs);
  *(int *) arg = there && right_p (context) ? 1 : -1;
  return _URC_NORMAL_STOP;
}

/* May nothing be found here?  */
static int
nothing_there_p (int in_child)
{
  if (in_child)
    /* The first step is where the two don't know yet which they are.  */
    return own_stack || counts->childrens_steps == 1;
  if (own_stack || stack == RESTORED || counts->childrens_steps == 0)
    return 0;
  stack = USED;
  return 1;
}

/* The process that this is, by a call that no handler sees.  */
static long __attribute__ ((purecc_native))
process (void)
{
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "0" ((long) SYS_getpid)
			: "rcx", "r11", "memory");
  return result;
}

static void
on_step (int signal, siginfo_t *info, void *context)
{
  int found = 0, in_child;
  (void) signal, (void) info;

  if (!watched)
    return;
  in_child = process () != parent;
  _Unwind_Backtrace (look_at_frame, &found);
  counts->steps += !in_child;
  counts->childrens_steps += in_child;
  counts->childrens_found += in_child && found == 1;
  if (found == 1 && stack == USED && !in_child)
    stack = RESTORED;
  if (found == 1 || (found == 0 && nothing_there_p (in_child)))
    return;
  if (!counts->wrong++)
    fprintf (stderr, "%s at %#llx\n", found ? "wrong" : "not found",
	     ((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP]);
}

/* The trap flag, not while the red zone is in use.  */

static inline __attribute__ ((__always_inline__)) void
start_steps (void)
{
  __asm__ __volatile__ ("leaq	-128(%%rsp), %%rsp\n\t"
			"pushfq\n\t"
			"orl	$0x100, (%%rsp)\n\t"
			"popfq\n\t"
			"leaq	128(%%rsp), %%rsp"
			: : : "memory", "cc");
}

static inline __attribute__ ((__always_inline__)) void
stop_steps (void)
{
  __asm__ __volatile__ ("leaq	-128(%%rsp), %%rsp\n\t"
			"pushfq\n\t"
			"andl	$~0x100, (%%rsp)\n\t"
			"popfq\n\t"
			"leaq	128(%%rsp), %%rsp"
			: : : "memory", "cc");
}

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static long
step_through (long number, long a, long b)
{
  memset (counts, 0, sizeof *counts);
  stack = WHOLE;
  __pure_syscall = pass;
  start_steps ();
  long result = call_site (number, a, b, 0, 0);
  stop_steps ();
  __pure_syscall = NULL;
  return result;
}

static void
check_steps (const char *what)
{
  if (counts->wrong)
    fprintf (stderr, "%s: at %d of %d instructions, and %d of the child's\n",
	     what, counts->wrong, counts->steps, counts->childrens_steps);
  CHECK (counts->wrong == 0 && counts->steps > 50);
}

static void
check_child (const char *what, int on_own_stack, long number, long a, long b)
{
  int status;

  own_stack = on_own_stack;
  long child = step_through (number, a, b);
  CHECK (child > 0 && waitpid (child, &status, __WALL) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  check_steps (what);
  CHECK (counts->childrens_steps > 5 && counts->childrens_found > 2);
}

static void
check_children (void)
{
  long top = (long) child_stack + STACK_SIZE;
  struct clone_args args;

  check_child ("vfork", 0, SYS_vfork, 0, 0);
  check_child ("clone that shares the stack", 0, SYS_clone,
	       CLONE_VM | CLONE_VFORK | SIGCHLD, 0);
  check_child ("clone with a stack", 1, SYS_clone, SIGCHLD, top);
  check_child ("clone with a stack, that shares memory", 1, SYS_clone,
	       CLONE_VM | CLONE_VFORK | SIGCHLD, top);
  memset (&args, 0, sizeof args);
  args.exit_signal = SIGCHLD;
  args.stack = (long) child_stack;
  args.stack_size = STACK_SIZE;
  check_child ("clone3", 1, SYS_clone3, (long) &args, sizeof args);
}

/* What the kernel takes.  */
struct kernel_action
{
  void (*handler) (int);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};

static void
on_signal (int signal)
{
  (void) signal;
  memset (counts, 0, sizeof *counts);
  __pure_syscall = pass;
  /* Until rt_sigreturn.  */
  start_steps ();
}

static void
check_sigreturn (void)
{
  /* SA_RESTORER.  */
  struct kernel_action action = { on_signal, 0x04000000, restorer, 0 };

  CHECK (site6 (SYS_rt_sigaction, SIGUSR1, (long) &action, 0, 8, 0, 0) == 0);
  CHECK (raise (SIGUSR1) == 0);
  __pure_syscall = NULL;
  watched = 0;
  check_steps ("rt_sigreturn");
}

int
main (void)
{
  struct sigaction action = { .sa_sigaction = on_step,
			      .sa_flags = SA_SIGINFO };

  parent = getpid ();
  counts = mmap (NULL, sizeof *counts, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK (counts != MAP_FAILED && sigaction (SIGTRAP, &action, NULL) == 0);
  CHECK (step_through (SYS_getppid, 0, 0) == getppid ());
  check_steps ("getppid");
  check_children ();
  check_sigreturn ();
  return 0;
}
