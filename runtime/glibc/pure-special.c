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
#include <tls.h>
#include <nptl/descr.h>
#include "counts.h"
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
char __pure_special_numbers[SPECIAL_NUMBERS] PURE_HIDDEN
  = { PURE_VDSO_NUMBERS (SPECIAL)
#ifdef SHARED
      THE_PROCESS (SPECIAL) CREDENTIALS (SPECIAL)
#endif
    };

#ifdef SHARED

long __pure_special (long number, long a1, long a2, long a3, long a4, long a5, long a6)
  PURE_HIDDEN;

/* A child may get zeros for a thread control block, so that its errno is nobody else's
   (chromium's sandbox).  What is in front of them is no thread-local data, for which
   handlers and C libraries would take it.  */
static inline int
bare_p (unsigned long flags, unsigned long tls)
{
  return ((flags & CLONE_SETTLS) && __pure_readable (tls, sizeof (long))
	  && *(long *) tls == 0);
}

/* So it gets its parent's, as a child of vfork or fork does, and errno is again what it
   was.  One that runs at once with its parent, in the same memory, only gets the first
   word, by which the runtime finds a thread's.  */
static long
clone_bare (unsigned long flags, long a2, long a3, long a4, long tls)
{
  int *error = (int *) (pure_thread_pointer () + __pure_process.base_errno);
  const int saved = *error;

  if ((flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM)
    *(long *) tls = tls;
  else
    flags &= ~(unsigned long) CLONE_SETTLS;
  long result = __pure_special (__NR_clone, flags, a2, a3, a4, tls, 0);
  *error = saved;
  return result;
}

/* Handlers are stacked (pure-levels.h): it looks at all.  */
static int stacked;

void
__pure_look_at_all (void)
{
  for (int i = 0; i < SPECIAL_NUMBERS && !stacked; i++)
    __pure_special_numbers[i] |= SPECIAL_IN_STACK;
  stacked = 1;
}

/* By the last handler.  Where a handler's own code asks, the thread stays inside.  */
static long
enter_kernel (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  const unsigned long inside = pure_inside ();
  const unsigned long level_inside = pure_word (PURE_LEVEL_INSIDE_OFFSET);
  long result;

  if (pure_for_handler_p ())
    {
      pure_set_inside (inside | PURE_IN_KERNEL);
      result = __pure_raw_gateway (number, a1, a2, a3, a4, a5, a6);
      pure_set_inside (inside);
      if (__builtin_expect (__pure_ending != NULL, 0))
	__pure_wait_for_end ();
      return result;
    }
  /* What comes out there isn't in any, whatever it does.  */
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, 0);
  if ((pure_frame () & PURE_CANCELABLE) && number != __NR_exit)
    result = __pure_cancelable_gateway (number, a1, a2, a3, a4, a5, a6);
  else
    result = __pure_gateway (number, a1, a2, a3, a4, a5, a6);
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, level_inside);
  return result;
}

/* clone for a thread of a handler's, whose C library has blocked all signals: none is
   let go meanwhile.  */
static long
make_own_thread (long number, long a1, long a2, long a3, long a4, long a5)
{
  const unsigned long held = pure_word (PURE_HELD_OFFSET);

  pure_set_word (PURE_HELD_OFFSET, 0);
  long result = __pure_gateway (number, a1, a2, a3, a4, a5, 0);
  pure_set_word (PURE_HELD_OFFSET, held);
  return result;
}

static inline long
count_of (unsigned long number)
{
  extern const unsigned char __pure_unused[PURE_COUNTED] PURE_HIDDEN;

  return PURE_MAX_ARGS - (number < PURE_COUNTED ? __pure_unused[number] : 0);
}

long
__pure_pass_on (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  if (__builtin_expect (!stacked, 1))
    return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
  const struct pure_isolated *to = pure_next ();
  if (!to)
    return enter_kernel (number, a1, a2, a3, a4, a5, a6);
  /* A handler's start, or a thread of its own.  */
  if (!pure_in_call_p ())
    return __pure_call_own (to, 0, number, count_of (number), a1, a2, a3, a4, a5, a6);
  return __pure_call_next (to, number, count_of (number), a1, a2, a3, a4, a5, a6);
}

/* That of a new thread, or of a process that isn't a fork.  */
static long
pass_clone (long number, long a1, long a2, long a3, long a4, long a5)
{
  __pure_note_process ();
  if (pure_for_handler_p () && !pure_next () && pure_in_frame_p ())
    return make_own_thread (number, a1, a2, a3, a4, a5);
  return __pure_pass_on (number, a1, a2, a3, a4, a5, 0);
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
    return (pure_next () ? __pure_pass_on : __pure_raw_gateway) (number, a1, a2, a3,
								   a4, a5, 0);
  if (fork_p (*(unsigned long *) (a1 + ARGS_FLAGS),
	      *(unsigned long *) (a1 + ARGS_STACK)))
    return __pure_fork (number, a1, a2, a3, a4, a5);
  return pass_clone (number, a1, a2, a3, a4, a5);
}

static long
pass_credentials (long number, long a1, long a2, long a3)
{
  long result = __pure_pass_on (number, a1, a2, a3, 0, 0, 0);

  if (result == 0 && !pure_next ())
    __pure_follow_credentials (number, a1, a2, a3);
  return result;
}

/* A thread of the C library's is about to be no more (nptl/descr.h).  */
static inline void
take_number (void)
{
#ifdef PURE_JOIN_STATE
  if (THREAD_SELF->joinstate == THREAD_STATE_EXITING)
    THREAD_SELF->tid = 0;
#endif
}

/* The thread ends.  */
static long
pass_exit (long status)
{
  __pure_end_thread ();
  if (pure_next ())
    return __pure_pass_on (__NR_exit, status, 0, 0, 0, 0, 0);
  take_number ();
  __pure_exit_thread (status, __pure_in_own_process_p ()
				? pure_word (PURE_STACK_BASE_OFFSET) : 0);
}

/* What an isolated handler passes on for a call of the program's.  */
static long
pass_process (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  switch (number)
    {
    case __NR_rt_sigaction:
      if (pure_next ())
	break;
      return __pure_sigaction (a1, a2, a3, a4);

    case __NR_fork:
      return __pure_fork (number, 0, 0, 0, 0, 0);
    case __NR_clone:
      if (fork_p (a1, a2))
	return __pure_fork (number, a1, a2, a3, a4, a5);
      return pass_clone (number, a1, a2, a3, a4, a5);
    case __NR_vfork:
      return pass_clone (number, 0, 0, 0, 0, 0);
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
      if (pure_next ())
	break;
      return __pure_exec (number, a1, a2, a3, a4, a5);

    case __NR_exit:
      return pass_exit (a1);
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
  return __pure_pass_on (number, a1, a2, a3, a4, a5, a6);
}

#endif

long
__pure_special (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
#ifdef SHARED
  if (stacked
      && ((unsigned long) number >= SPECIAL_NUMBERS || !pure_in_call_p ()
	  || __pure_special_numbers[number] == SPECIAL_IN_STACK))
    return __pure_pass_on (number, a1, a2, a3, a4, a5, a6);
#endif
  switch (number)
    {
    PURE_VDSO_NUMBERS (CASE)
      return __pure_by_vdso (number, a1, a2, a3);
    }
#ifdef SHARED
  if (number == __NR_clone && __builtin_expect (bare_p (a1, a5), 0))
    return clone_bare (a1, a2, a3, a4, a5);
  if (pure_in_call_p () && __pure_isolated ())
    return pass_process (number, a1, a2, a3, a4, a5, a6);
  if (pure_exec_p (number))
    return __pure_exec (number, a1, a2, a3, a4, a5);
  if (number == __NR_exit)
    take_number ();
#endif
  return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
}
