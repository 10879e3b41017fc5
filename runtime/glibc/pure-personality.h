/* What the C files that all runtimes share need of a personality, and what a pure
   glibc's own share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The files are compiled once for libc.so.6 and libc.a, and once for ld.so.

   Each instance of libc.so.6 in a process has a pointer of its own: the one
   in the program's namespace, the base instance, has the program's, and that
   of an isolated handler the next handler's (pure-levels.h), or it stays NULL, so that
   the handler's own calls are native.  ld.so, of which there is only one, follows the
   base instance's.  */

#ifndef PURE_PERSONALITY_H
#define PURE_PERSONALITY_H 1

#include <asm/unistd.h>
#include "pure-process.h"
#include "pure-inside.h"
#include "pure-levels.h"

#if IS_IN (rtld)
# define PURE_POINTER (*pure_process_pointer ())
# define PURE_ERRNO							\
  ((int *) (pure_thread_pointer () + __pure_process.base_errno))
# define PURE_ISOLATED (&__pure_process.isolated)
#else
# define PURE_POINTER __pure_syscall
# define PURE_ERRNO (&errno)
# define PURE_ISOLATED (&__pure_isolated_handler)
#endif

static inline int
pure_isolated_p (pure_handler_t handler)
{
  return handler == __atomic_load_n (&PURE_ISOLATED->handler, __ATOMIC_RELAXED);
}

static inline int *
pure_isolated_errno (void)
{
  return (int *) (pure_thread_pointer () + PURE_ISOLATED->errno_offset);
}

/* The calls that the vDSO may answer.  */
#define PURE_VDSO_NUMBERS(I)						\
  I (__NR_clock_gettime) I (__NR_clock_getres) I (__NR_gettimeofday)	\
  I (__NR_time) I (__NR_getcpu) I (__NR_getrandom)

/* NUMBER, one of those, by it or the gateway.  */
long __pure_by_vdso (long number, long a1, long a2, long a3) PURE_HIDDEN;

/* NUMBER with NR arguments, 1 to 3, asked for in place of the vDSO.  */
long __pure_ask (long number, long nr, long a1, long a2, long a3) PURE_HIDDEN;

/* The guards that are called (site.S).  The last is for calls of all six arguments,
   whatever the number: the handler hears how many that has.  */
long __pure_guard1 (long a1, long number);
long __pure_guard2 (long a1, long a2, long number);
long __pure_guard3 (long a1, long a2, long a3, long number);
long __pure_counted_guard (long a1, long a2, long a3, long a4, long a5, long a6,
			   long number) PURE_HIDDEN;

/* The word that syscall () tests: if it isn't 0 there is more to do than to
   enter the kernel.  It is the pointer, until a thread's frame can be that of a
   thunk (mark.h) although this instance's pointer is NULL; then it is this word
   itself, for good.  */
extern void *PURE_TESTED_SYMBOL PURE_HIDDEN;

static inline void
pure_expect_frames (void)
{
  void **tested = &PURE_TESTED_SYMBOL;

  if (__atomic_load_n (tested, __ATOMIC_RELAXED) != tested)
    __atomic_store_n (tested, tested, __ATOMIC_RELAXED);
}

/* The handler, or another thread, may set the pointer to NULL.  */
static inline void
pure_before_thunk_calls (void)
{
#if !IS_IN (rtld)
  pure_expect_frames ();
#endif
}

#if !IS_IN (rtld)
/* Threads may be cancelled in a call (syscall_cancel.S).  */
# define PURE_CANCELS 1
#endif

/* Those of purecc.h, by the names that a C library uses itself.  */
extern __typeof (pure_isolated) __pure_isolated;
extern __typeof (pure_set_handler) __pure_set_handler;
extern __typeof (pure_set_flags) __pure_set_flags;
extern __typeof (pure_native_syscall) __pure_native_syscall;
extern __typeof (pure_keep_descriptor) __pure_keep_descriptor;
extern __typeof (pure_kept_descriptor) __pure_kept_descriptor;
extern __typeof (pure_exec_obstacle) __pure_exec_obstacle;
libc_hidden_proto (__pure_isolated);
libc_hidden_proto (__pure_set_handler);
libc_hidden_proto (__pure_native_syscall);

/* A weak alias without the underscores.  */
#define PURE_WEAK_ALIAS(name)						\
  extern __typeof (name) name						\
    __attribute__ ((__weak__, __alias__ ("__" #name)))

/* Not 0: this is the C library of an auditor, which is there before the program's; the
   first is 1.  */
extern int __pure_auditor PURE_HIDDEN;

/* Is this that of a handler that gets its own calls (PURE_ON_OWN_CALLS)?  */
extern int __pure_on_own_calls PURE_HIDDEN;

/* Make it what a handler needs (pure-end.c).  */
void __pure_start_auditor (void) PURE_HIDDEN;

/* In ld.so: the program's libraries are there (dl-tls.c); end the objects of a
   namespace (dl-fini.c).  */
void __pure_settle_static_tls (void) PURE_HIDDEN;
void __pure_end_namespace (const void *address) PURE_HIDDEN;

/* For longjmp, and for setcontext, which may come back: they are about to leave the
   stack frames between stack pointers FROM and TO.  Where handlers were called from
   one of these, they are handlers no longer.  */
void __pure_leave_frames (unsigned long from, unsigned long to) PURE_HIDDEN;
void __pure_leave_context (unsigned long from, unsigned long to) PURE_HIDDEN;

/* The execve or execveat NUMBER, which is followed (pure-exec.c).  */
long __pure_exec (long number, long a1, long a2, long a3, long a4, long a5)
  PURE_HIDDEN;

static inline int
pure_exec_p (long number)
{
  return number == __NR_execve || number == __NR_execveat;
}

/* A call that is made in a handler of the program's namespace.  */
static inline long
pure_call_in_handler (long number, long a1, long a2, long a3, long a4, long a5,
		      long a6)
{
#if !IS_IN (rtld) && defined SHARED
  if (pure_exec_p (number))
    return __pure_exec (number, a1, a2, a3, a4, a5);
#endif
  return __pure_gateway (number, a1, a2, a3, a4, a5, a6);
}

/* A call of a function of the program's or of ld.so that a handler's own code has
   called, or of that code.  THUNK: it came by the thunk, and the gateway knows what some
   calls need that a thunk was called for.  */
static inline long
pure_call_inside (int thunk, long number, long nr, long a1, long a2, long a3, long a4,
		  long a5, long a6)
{
#ifdef SHARED
  const struct pure_isolated *to = __pure_own_calls ();

  if (to)
    return __pure_call_own (to, thunk, number, nr, a1, a2, a3, a4, a5, a6);
#else
  (void) nr;
#endif
  return (thunk ? __pure_gateway : __pure_raw_gateway) (number, a1, a2, a3, a4, a5,
							 a6);
}

#endif /* pure-personality.h */
