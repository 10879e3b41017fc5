/* A signal at each instruction that a call executes, all the way through site,
   guard, thunk, handler and gateway, wherever they are.

   First the CPU's trap flag is set around the call: SIGTRAP comes after each
   instruction.  (The kernel clears the flag for the signal handler, and what
   the signal returns to has it again.)  Where a test leaves the call at each of
   them, that would be a call with many signals for each; so the addresses are
   noted, and then one at a time is a breakpoint.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef STEPS_H
#define STEPS_H 1

#include <dlfcn.h>
#include <errno.h>
#include <gnu/libc-version.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
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

static inline void
handle_steps (void (*function) (int, siginfo_t *, void *))
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = function;
  action.sa_flags = SA_SIGINFO;
  CHECK (sigaction (SIGTRAP, &action, NULL) == 0);
}

/* The program counter of the code that a signal with CONTEXT interrupted.  */
static inline greg_t *
interrupted_at (void *context)
{
  return &((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP];
}

/* What a call executes outside of the program itself: each address once, the
   first to the last.  */
enum { MOST_INSTRUCTIONS = 2000 };
static long path[MOST_INSTRUCTIONS];
static int path_length;

#ifdef __cplusplus
extern "C" {
#endif
extern char __executable_start, etext;
#ifdef __cplusplus
}
#endif

static inline void
note_instruction (long address)
{
  if (address >= (long) &__executable_start && address < (long) &etext)
    return;
  for (int i = 0; i < path_length; i++)
    if (path[i] == address)
      return;
  CHECK (path_length < MOST_INSTRUCTIONS);
  path[path_length++] = address;
}

static inline void
note_step (int signal, siginfo_t *info, void *context)
{
  const unsigned char *code
    = (const unsigned char *) *interrupted_at (context);
  (void) signal, (void) info;
  note_instruction ((long) code);
  /* The instruction after syscall has been executed when the signal comes
     that was due before it.  */
  if (code[0] == 0x0f && code[1] == 0x05)
    note_instruction ((long) code + 2);
}

/* The second time, for functions are bound at the first.  */
static inline void
find_path (long (*call) (void))
{
  path_length = 0;
  handle_steps (note_step);
  call ();
  start_steps ();
  call ();
  stop_steps ();
}

static unsigned char *breakpoint, kept_code;

static inline void
set_breakpoint (long address)
{
  long page = sysconf (_SC_PAGESIZE);
  CHECK (mprotect ((void *) (address & -page), page,
		   PROT_READ | PROT_WRITE | PROT_EXEC)
	 == 0);
  breakpoint = (unsigned char *) address;
  kept_code = *breakpoint;
  *(volatile unsigned char *) breakpoint = 0xcc;
}

/* In the signal handler, first of all: what was interrupted is about to execute
   the instruction.  */
static inline void
clear_breakpoint (void *context)
{
  *(volatile unsigned char *) breakpoint = kept_code;
  *interrupted_at (context) = (long) breakpoint;
  breakpoint = NULL;
}

/* For a call that has come back.  What the thunk executes to keep vector state
   depends on what the CPU has in use at the time, which signals for each
   instruction change.  All else is always executed.  */
static inline void
miss_breakpoint (void)
{
  void *missed = breakpoint;
  Dl_info where;

  *breakpoint = kept_code;
  breakpoint = NULL;
  CHECK (dladdr (missed, &where));
  if (where.dli_saddr != dlsym (RTLD_DEFAULT, "__pure_thunk"))
    fprintf (stderr, "not executed: %p, in %s\n", missed, where.dli_fname);
  CHECK (where.dli_saddr == dlsym (RTLD_DEFAULT, "__pure_thunk"));
}

/* A call of each kind of site: one that the plugin guards, one that takes the
   thunk, and two of libc's; to getppid, whose result is known.  And one at which a
   thread can be cancelled, that returns the same.  */

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

static inline void *
no_thread (void *arg)
{
  return arg;
}

/* The number of the parent, once there has been another thread: only then the C library
   looks whether this one is cancelled.  */
static long parent_of_threads;

static inline __attribute__ ((__constructor__)) void
have_a_thread (void)
{
  pthread_t thread;

  /* Up to glibc 2.40 a call that is left leaves the type of cancellation changed.  */
  if (strverscmp (gnu_get_libc_version (), "2.41") < 0)
    return;
  CHECK (pthread_create (&thread, NULL, no_thread, NULL) == 0
	 && pthread_join (thread, NULL) == 0);
  parent_of_threads = getppid ();
}

static inline long
cancelable_call (void)
{
  if (parent_of_threads)
    return poll (NULL, 0, 0) == 0 ? parent_of_threads : 0;
  return getppid ();
}

static long (*const step_calls[]) (void)
  = { guarded_call, thunked_call, syscall_call, libc_call, cancelable_call };

/* The last one is another call than getppid.  */
enum
{
  STEP_CALLS = sizeof step_calls / sizeof *step_calls,
  GETPPID_CALLS = STEP_CALLS - 1
};

#endif /* steps.h */
