/* The dispatch: a site's call to the handler, if the pointer is still set, else
   to the kernel.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The result is the kernel's raw one.  errno is as it was.

   A handler of the program's own namespace runs with the thread's in-handler
   mark on (mark.h), and a guard that finds it on makes the call in the kernel, so
   that the handler may use the C library without meeting itself.  An isolated
   handler needs no mark, since its C library's pointer isn't the program's; what ld.so
   does on its behalf, and functions of the program's that it calls, are known by a word
   that says that the thread is in it.

   Everything here is async-signal-safe and thread-safe, and holds no lock.  */

#include <errno.h>
#include <stddef.h>
#include "pure.h"
#include "frame.h"

#ifdef PURE_WEAK_UNWINDER
/* A program that has no unwinder needs none: nothing unwinds there.  */
__asm__ (".weak _Unwind_Resume\n\t.weak __gcc_personality_v0");
#endif

/* Put back what was the thread's, if that is anywhere, also when the handler is unwound
   by an exception or by thread cancellation, which a signal may start at any
   instruction: this file is compiled with -fnon-call-exceptions, and with
   -maccumulate-outgoing-args, so that the stack pointer is the same at all of
   them.  Of some instructions the compiler still thinks that they can't be left, and
   puts them among others which are later ones.  So this may run before there is
   anything to put back.  */
static inline void
leave_handler (const struct pure_outer *volatile *kept)
{
  const struct pure_outer *outer = *kept;

  if (!outer)
    return;
  pure_set_mark (outer->mark);
  pure_set_frame (outer->frame);
  if (pure_inside ())
    pure_leave_inside ();
}

/* What calls: a site; the thunk, whose frame is the thread's; or a site at which the
   thread may be cancelled.  */
enum caller
{
  SITE,
  THUNK,
  CANCELABLE
};

/* NUMBER with the NR arguments A1 to A6.  A handler may be passed more arguments
   than NR: it doesn't look at them.  */
static inline __attribute__ ((__always_inline__)) long
dispatch (enum caller caller, long number, long nr, long a1, long a2, long a3,
	  long a4, long a5, long a6)
{
  const struct pure_outer *volatile kept __attribute__ ((__cleanup__ (leave_handler)))
    = NULL;
  pure_handler_t handler = __atomic_load_n (&PURE_POINTER, __ATOMIC_RELAXED);
  if (__builtin_expect (!handler, 0))
    return (caller == CANCELABLE ? __pure_cancelable_gateway : __pure_raw_gateway) (
      number, a1, a2, a3, a4, a5, a6);
  unsigned long mark = pure_mark (), frame = pure_frame ();
  int isolated = pure_isolated_p (handler);
  if (__builtin_expect ((mark & PURE_IN_HANDLER) && !isolated, 0))
    return (caller == CANCELABLE ? __pure_cancelable_gateway : pure_call_in_handler) (
      number, a1, a2, a3, a4, a5, a6);
  if (__builtin_expect (pure_inside (), 0))
    return pure_call_inside (caller == THUNK, number, nr, a1, a2, a3, a4, a5, a6);

  if (caller != SITE && !isolated)
    pure_before_thunk_calls ();
  struct pure_outer outer
    = { caller == THUNK ? pure_outer_frame (frame) : frame, mark };
  __asm__ __volatile__ ("" : "+m" (outer));
  kept = &outer;
  if (caller == SITE)
    pure_set_frame (0);
  else if (caller == CANCELABLE)
    pure_set_frame ((unsigned long) &outer.frame | PURE_CANCELABLE);
  int *error = isolated ? pure_isolated_errno () : PURE_ERRNO;
  int saved = *error;
  *error = 0;
  pure_set_mark (isolated ? 0 : (unsigned long) &outer | PURE_IN_HANDLER);
  pure_set_inside (isolated ? (unsigned long) &outer : 0);
  long result
    = (isolated
	 ? pure_call_isolated (handler, number, nr, a1, a2, a3, a4, a5, a6)
	 : handler (number, nr, a1, a2, a3, a4, a5, a6));
  if (result == -1 && *error != 0)
    result = -(long) *error;
  *error = saved;
  /* The cleanup will do that too, but an exception in its own instructions
     would come too late for it.  */
  leave_handler (&kept);
  kept = NULL;
  return result;
}

/* Return as the gateway does.  */
#define RETURN_THUNK __attribute__ ((__function_return__ ("thunk-extern")))

static inline void
restore_stack (const unsigned long *stack)
{
  pure_set_stack (*stack);
}

/* For site.S.  (The thunk has the stack in its frame.)  */
RETURN_THUNK long PURE_HIDDEN
__pure_dispatch (long number, long nr, long a1, long a2, long a3, long a4,
		 long a5, long a6)
{
  const unsigned long stack __attribute__ ((__cleanup__ (restore_stack)))
    = pure_stack ();
  return dispatch (SITE, number, nr, a1, a2, a3, a4, a5, a6);
}

/* For thunk.S.  */
RETURN_THUNK long PURE_HIDDEN
__pure_thunk_guard (long number, long nr, long a1, long a2, long a3, long a4,
		    long a5, long a6)
{
  return dispatch (THUNK, number, nr, a1, a2, a3, a4, a5, a6);
}

#ifdef PURE_CANCELS
/* For a site at which the thread may be cancelled.  */
RETURN_THUNK long PURE_HIDDEN
__pure_dispatch_cancelable (long number, long nr, long a1, long a2, long a3,
			    long a4, long a5, long a6)
{
  const unsigned long stack __attribute__ ((__cleanup__ (restore_stack)))
    = pure_stack ();
  return dispatch (CANCELABLE, number, nr, a1, a2, a3, a4, a5, a6);
}
#endif
