/* Is the thread in an isolated handler's own code?

   SPDX-License-Identifier: LGPL-2.1-or-later

   While it is, nothing that it does is the program's: what ld.so does for it is
   native, and the program's signals wait (pure-signal.c).  It isn't while the
   gateway is in the kernel for the program.

   Four words of the thread (pure-thread.h):

   inside	0, one of the values below, or the stack pointer at which the handler
		was called, by which a jump that leaves it is known, with bits that
		pure-stack.h has.
   held		non-zero: signals wait.  Until they are let go all signals are blocked.
   held mask	what the kernel's mask is to be then.
   aside	where they are (pure-signal.c).

   Who sets the first back to 0 then looks at the second: a signal that comes later
   finds 0.  */

#ifndef PURE_INSIDE_H
#define PURE_INSIDE_H 1

#include "mark.h"
#include "pure-stack.h"

enum
{
  /* The process is ending, and the thread waits for that.  */
  PURE_INSIDE_WAITING = 4,
  /* The thread is one of the handler's own.  */
  PURE_INSIDE_OWN_THREAD = 8
};

static inline unsigned long
pure_inside (void)
{
  return pure_word (PURE_INSIDE_OFFSET);
}

static inline void
pure_set_inside (unsigned long inside)
{
  pure_set_word (PURE_INSIDE_OFFSET, inside);
}

/* Is it, on behalf of a call of the program's?  */
static inline int
pure_in_call_p (void)
{
  return pure_inside () > PURE_INSIDE_OWN_THREAD;
}

/* Is it in one that was called for another handler's own code?  */
static inline int
pure_for_handler_p (void)
{
  return pure_in_call_p () && (pure_inside () & PURE_FOR_HANDLER);
}

/* Let go the signals that have waited: their functions run before it returns, but
   for those that are blocked.  It may not return.  */
void __pure_release_signals (void) PURE_HIDDEN;

/* The thread pointer of the thread that ends the process, or NULL.  */
extern void *__pure_ending PURE_HIDDEN;

/* If the process is ending, and not by this thread, wait for that.  */
void __pure_wait_for_end (void) PURE_HIDDEN;

static inline void
pure_leave_inside (void)
{
  pure_set_inside (0);
  if (__builtin_expect (pure_word (PURE_HELD_OFFSET), 0))
    __pure_release_signals ();
}

#endif /* pure-inside.h */
