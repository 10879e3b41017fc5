/* The calls for which there is more to do than to enter the kernel.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Some the vDSO may answer (pure-vdso.c).  With others, passed on by an isolated
   handler, the process or the thread does something to the handler's C library,
   which that has to know of, and to hear of only by what the handler passes on:
   the program's C library doesn't know that there is another.  */

#include <asm/unistd.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include "pure-isolated.h"

#define THE_PROCESS(I)							\
  I (__NR_rt_sigaction) I (__NR_fork) I (__NR_vfork) I (__NR_clone)	\
  I (__NR_clone3) I (__NR_execve) I (__NR_execveat) I (__NR_tgkill) I (__NR_exit)	\
  I (__NR_exit_group) I (__NR_prctl) I (__NR_seccomp)
#define CREDENTIALS(I)							\
  I (__NR_setuid) I (__NR_setgid) I (__NR_setreuid) I (__NR_setregid)	\
  I (__NR_setgroups) I (__NR_setresuid) I (__NR_setresgid)

#define SPECIAL(number) [number] = 1,
#define CASE(number) case number:

/* For the gateway (pure-hooks-libc.h): is the number one of them?  */
const char __pure_special_numbers[SPECIAL_NUMBERS] PURE_HIDDEN
  = { PURE_VDSO_NUMBERS (SPECIAL)
#ifdef SHARED
      THE_PROCESS (SPECIAL) CREDENTIALS (SPECIAL)
#endif
    };

#ifdef SHARED

/* The runtime finds a thread's words by the first of what the thread pointer leads to,
   where each has that pointer itself.  A child that shares memory may get zeros there,
   so that its errno is nobody else's (chromium's sandbox).  */
static void
complete_thread (unsigned long flags, unsigned long tls)
{
  unsigned long *word = (unsigned long *) tls;

  if ((flags & CLONE_SETTLS) && __pure_readable (tls, sizeof *word) && *word == 0)
    *word = tls;
}

/* Does a child with FLAGS and STACK go on as one of fork, with the memory and the
   stack of this thread?  */
static inline int
fork_p (unsigned long flags, unsigned long stack)
{
  return !(flags & CLONE_VM) && !stack;
}

/* clone3: the gateway and this look at what the kernel refuses if it can't be
   read.  */
static long
pass_clone3 (long number, long a1, long a2, long a3, long a4, long a5)
{
  if (a2 < ARGS_SIZE_VER0 || !__pure_readable (a1, ARGS_SIZE_VER0))
    return __pure_raw_gateway (number, a1, a2, a3, a4, a5, 0);
  if (fork_p (*(unsigned long *) (a1 + ARGS_FLAGS),
	      *(unsigned long *) (a1 + ARGS_STACK)))
    return __pure_fork (number, a1, a2, a3, a4, a5);
  __pure_note_process ();
  return __pure_gateway (number, a1, a2, a3, a4, a5, 0);
}

static long
pass_credentials (long number, long a1, long a2, long a3)
{
  long result = __pure_gateway (number, a1, a2, a3, 0, 0, 0);

  if (result == 0)
    __pure_follow_credentials (number, a1, a2, a3);
  return result;
}

/* What an isolated handler passes on for a call of the program's.  */
static long
pass_process (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  switch (number)
    {
    case __NR_rt_sigaction:
      return __pure_sigaction (a1, a2, a3, a4);

    case __NR_fork:
      return __pure_fork (number, 0, 0, 0, 0, 0);
    case __NR_clone:
      if (fork_p (a1, a2))
	return __pure_fork (number, a1, a2, a3, a4, a5);
      __pure_note_process ();
      break;
    case __NR_vfork:
      __pure_note_process ();
      break;
    case __NR_clone3:
      return pass_clone3 (number, a1, a2, a3, a4, a5);

    case __NR_tgkill:
      if (a3 == SIGABRT && __pure_own_process_p (a1))
	__pure_flush ();
      break;
    case __NR_execve:
    case __NR_execveat:
      /* What the child of a vfork has there is its parent's, which writes it.  */
      if (__pure_in_own_process_p ())
	__pure_flush ();
      return __pure_exec (number, a1, a2, a3, a4, a5);

    case __NR_exit:
      __pure_end_thread ();
      __pure_exit_thread (a1, __pure_in_own_process_p ()
				? pure_word (PURE_STACK_BASE_OFFSET) : 0);
    case __NR_exit_group:
      __pure_end_process (a1);
      break;

    case __NR_prctl:
      if ((int) a1 == PR_SET_SECCOMP)
	__pure_process.confined = 1;
      break;
    case __NR_seccomp:
      __pure_process.confined = 1;
      break;

    CREDENTIALS (CASE)
      return pass_credentials (number, a1, a2, a3);
    }
  return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
}

#endif

long PURE_HIDDEN
__pure_special (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  switch (number)
    {
    PURE_VDSO_NUMBERS (CASE)
      return __pure_by_vdso (number, a1, a2, a3);
    }
#ifdef SHARED
  if (number == __NR_clone)
    complete_thread (a1, a5);
  if (pure_in_call_p () && __pure_isolated ())
    return pass_process (number, a1, a2, a3, a4, a5, a6);
  if (pure_exec_p (number))
    return __pure_exec (number, a1, a2, a3, a4, a5);
#endif
  return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
}
