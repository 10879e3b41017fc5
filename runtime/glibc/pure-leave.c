/* Jumps out of handlers: longjmp and the setcontext family.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <asm/unistd.h>
#include <signal.h>
#include "pure.h"
#include "frame.h"

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
   what is at ADDRESS?  It does unless TO is in a stack frame that was entered
   from there.  A jump to another stack leaves it too.  */
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
      const struct pure_outer *outer
	= (const struct pure_outer *) (mark & ~PURE_IN_HANDLER);
      mark = outer->mark;
      frame = outer->frame;
    }
  pure_set_mark (mark);
  /* Who jumps to another stack may come back.  */
  while (frame && from <= frame && to > frame)
    frame = pure_outer_frame (frame);
  pure_set_frame (frame);
  /* An isolated handler's own jumps don't leave it.  */
  if (pure_in_call_p () && !__pure_isolated ()
      && left_p (pure_inside (), from, to))
    pure_leave_inside ();
}
