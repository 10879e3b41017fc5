/* A signal after each instruction: the CPU's trap flag is set around a call,
   and SIGTRAP comes all the way through site, guard, thunk, handler and
   gateway, wherever they are.  The kernel clears the flag for the signal
   handler, and the interrupted code's is what the signal returns to.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef STEPS_H
#define STEPS_H 1

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include "semantics.h"

/* Not while the red zone is in use: the compiler may have it there.  */
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

/* The address that the signal whose context is CONTEXT interrupted.  */
static inline unsigned long
interrupted_at (const void *context)
{
  return ((const ucontext_t *) context)->uc_mcontext.gregs[REG_RIP];
}

#ifdef __cplusplus
extern "C" {
#endif
extern char __executable_start, etext;
#ifdef __cplusplus
}
#endif

/* Is ADDRESS in the program itself?  There the functions above change the stack
   pointer behind the unwinder's back.  */
static inline int
in_program (unsigned long address)
{
  return address >= (unsigned long) &__executable_start
	 && address < (unsigned long) &etext;
}

static inline void
handle_steps (void (*function) (int, siginfo_t *, void *))
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = function;
  action.sa_flags = SA_SIGINFO;
  CHECK (sigaction (SIGTRAP, &action, NULL) == 0);
}

/* A call of each kind of site: one that the plugin guards, one that takes the
   thunk, and two of libc's; to getppid, whose result is known.  */

static inline long
guarded_call (void)
{
  return site0 (SYS_getppid);
}

static inline long
thunked_call (void)
{
  long result;
  __asm__ __volatile__ ("nop\n\tsyscall"
			: "=a" (result)
			: "0" ((long) SYS_getppid)
			: "rcx", "r11", "memory");
  return result;
}

static inline long
syscall_call (void)
{
  return syscall (SYS_getppid);
}

static inline long
libc_call (void)
{
  return getppid ();
}

static long (*const step_calls[]) (void)
  = { guarded_call, thunked_call, syscall_call, libc_call };

enum { STEP_CALLS = sizeof step_calls / sizeof *step_calls };

#endif /* steps.h */
