/* The dispatch: a site's call to the handler, if the pointer is still set, else
   to the kernel.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The result is the kernel's raw one.  errno is as it was.

   A handler of the program's own namespace runs with the thread's in-handler
   mark on (mark.h), and a guard that finds it on makes the call in the kernel:
   thus the handler may use the C library without meeting itself.  An isolated
   handler needs no mark, since its C library's pointer is NULL.

   Everything here is async-signal-safe and thread-safe, and holds no lock.  */

#include <errno.h>
#ifdef PURE_IN_LIBC
# include <asm/unistd.h>
# include <signal.h>
#endif
#include <stddef.h>
#include "pure.h"
#include "frame.h"

#if defined PURE_IN_LIBC || defined PURE_IN_RTLD
_Static_assert (offsetof (struct pure_process, pointer) == PROCESS_POINTER
		  && offsetof (struct pure_process, early) == PROCESS_EARLY
		  && offsetof (struct pure_isolated, handler)
		       == ISOLATED_HANDLER
		  && offsetof (struct pure_isolated, errno_offset)
		       == ISOLATED_ERRNO,
		"frame.h");
#endif

#ifdef PURE_WEAK_UNWINDER
/* A program that has no unwinder needs none: nothing unwinds there.  */
__asm__ (".weak _Unwind_Resume\n\t.weak __gcc_personality_v0");
#endif

/* Put back what was the thread's, also when the handler's frame is unwound by an exception or by
   thread cancellation, which a signal may start at any instruction: this file
   is compiled with -fnon-call-exceptions, and with -maccumulate-outgoing-args,
   so that the stack pointer is the same at all of them.  */
static inline void
leave_handler (struct pure_record *outer)
{
  pure_set_mark (outer->mark);
  pure_set_frame (outer->frame);
}

/* The frame that was the thread's before that of the thunk at FRAME.  */
static inline unsigned long
outer_frame (unsigned long frame)
{
  return *(unsigned long *) (frame + FRAME_OUTER);
}

#if defined PURE_IN_RTLD
# define PURE_POINTER (*pure_process_pointer ())
# define PURE_ERRNO							\
  ((int *) (pure_thread_pointer () + __pure_process.base_errno))
#else
# define PURE_POINTER __pure_syscall
# define PURE_ERRNO (&errno)
#endif

#if defined PURE_IN_LIBC || defined PURE_IN_RTLD
static inline int
isolated_p (pure_handler_t handler)
{
  return handler == __atomic_load_n (&__pure_process.isolated.handler,
				     __ATOMIC_RELAXED);
}

static inline int *
isolated_errno (void)
{
  return (int *) (pure_thread_pointer () + __pure_process.isolated.errno_offset);
}
#else
/* Without a pure glibc there is no pointer in another namespace.  */
static inline int
isolated_p (pure_handler_t handler __attribute__ ((__unused__)))
{
  return 0;
}

static inline int *
isolated_errno (void)
{
  return NULL;
}
#endif

/* NUMBER with the NR arguments A1 to A6; THUNK says that the thread's frame is
   that of the thunk that calls.  A handler may be passed more arguments than
   NR: it doesn't look at them.  */
static inline __attribute__ ((__always_inline__)) long
dispatch (int thunk, long number, long nr, long a1, long a2, long a3, long a4,
	  long a5, long a6)
{
  pure_handler_t handler = __atomic_load_n (&PURE_POINTER, __ATOMIC_RELAXED);
  if (__builtin_expect (!handler, 0))
    return __pure_raw_gateway (number, a1, a2, a3, a4, a5, a6);
  unsigned long mark = pure_mark (), frame = pure_frame ();
  int isolated = isolated_p (handler);
  if (__builtin_expect ((mark & PURE_IN_HANDLER) && !isolated, 0))
    return __pure_gateway (number, a1, a2, a3, a4, a5, a6);

#ifdef PURE_IN_LIBC
  /* The handler, or another thread, may set the pointer to NULL.  */
  if (thunk && !isolated)
    pure_expect_frames ();
#endif
  struct pure_record outer __attribute__ ((__cleanup__ (leave_handler)))
    = { thunk ? outer_frame (frame) : frame, mark };
  if (!thunk)
    pure_set_frame (0);
  int *error = isolated ? isolated_errno () : PURE_ERRNO;
  int saved = *error;
  *error = 0;
  pure_set_mark (isolated ? 0 : (unsigned long) &outer | PURE_IN_HANDLER);
  long result = handler (number, nr, a1, a2, a3, a4, a5, a6);
  if (result == -1 && *error != 0)
    result = -(long) *error;
  *error = saved;
  /* The cleanup will do that too, but an exception in its own instructions
     would come too late for it.  */
  leave_handler (&outer);
  return result;
}

/* Return as the gateway does.  */
#define RETURN_THUNK __attribute__ ((__function_return__ ("thunk-extern")))

/* For site.S.  */
RETURN_THUNK long PURE_HIDDEN
__pure_dispatch (long number, long nr, long a1, long a2, long a3, long a4,
		 long a5, long a6)
{
  return dispatch (0, number, nr, a1, a2, a3, a4, a5, a6);
}

#ifdef PURE_IN_LIBC
/* Is ADDRESS on the thread's alternate signal stack, and in use?  */
static int
on_signal_stack_p (unsigned long address)
{
  stack_t stack = { .ss_flags = 0 };

  return (__pure_raw_gateway (__NR_sigaltstack, 0, (long) &stack, 0, 0, 0, 0)
	  == 0
	  && (stack.ss_flags & SS_ONSTACK)
	  && address - (unsigned long) stack.ss_sp < stack.ss_size);
}

/* Does a jump with the stack pointer at FROM, which will then be at TO, leave
   what is at ADDRESS?  It does unless TO is in a frame that was entered from
   there.  A jump to another stack leaves it too.  */
static int
left_p (unsigned long address, unsigned long from, unsigned long to)
{
  if (from <= address)
    return to > address || to < from;
  /* A signal's handler on a stack above.  */
  return to > address && !on_signal_stack_p (to);
}

void
__pure_leave_frames (unsigned long from, unsigned long to)
{
  unsigned long mark = pure_mark (), frame = pure_frame ();

  pure_clear_asked ();
  while (mark && left_p (mark & ~PURE_IN_HANDLER, from, to))
    {
      const struct pure_record *outer
	= (const struct pure_record *) (mark & ~PURE_IN_HANDLER);
      mark = outer->mark;
      frame = outer->frame;
    }
  pure_set_mark (mark);
  /* Who jumps to another stack may come back.  */
  while (frame && from <= frame && to > frame)
    frame = outer_frame (frame);
  pure_set_frame (frame);
}

#endif

/* For thunk.S.  */
RETURN_THUNK long PURE_HIDDEN
__pure_thunk_guard (long number, long nr, long a1, long a2, long a3, long a4,
		    long a5, long a6)
{
  return dispatch (1, number, nr, a1, a2, a3, a4, a5, a6);
}

#ifdef PURE_IN_RTLD
/* Is a handler set?  For calls that the vDSO would answer.  */
_Bool PURE_HIDDEN
__pure_active (void)
{
  return __atomic_load_n (&PURE_POINTER, __ATOMIC_RELAXED) != NULL;
}
#endif
