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

/* Its stack for a handler is free of what the jump leaves; and not used any longer
   where the jump may leave something for a time only.  */
static void
leave_stack (unsigned long from, unsigned long to, int for_good)
{
  const struct pure_record *record;

  while (for_good && (record = pure_record ())
	 && left_p (record->inside, from, to))
    pure_set_stack (record->stack);
  record = pure_record ();
  if (record && (from > record->inside || to < from || to > record->inside))
    pure_set_stack (0);
}

/* A function of the program's leaves a handler that was called at SITE, from HERE on
   the handler's stack, where it still needs a little.  */
static void
leave_from (unsigned long here, unsigned long site)
{
  enum { A_LITTLE = 1024 };
  struct pure_record *record = (struct pure_record *) ((here - A_LITTLE) & -16ul);

  record->stack = pure_stack ();
  record->inside = site;
  pure_set_stack ((unsigned long) record | PURE_CALLS_ON_STACK);
}

/* Is ADDRESS on it?  */
static int
on_handler_stack_p (unsigned long address)
{
  return (address - pure_word (PURE_STACK_BASE_OFFSET)
	  < PURE_STACK_GUARD + PURE_STACK_SIZE);
}

static void
leave (unsigned long from, unsigned long to, int for_good)
{
  unsigned long mark = pure_mark (), frame = pure_frame ();
  const unsigned long here = from, inside = pure_inside () & -16ul;

  pure_clear_asked ();
  if (pure_in_call_p ())
    {
      /* An isolated handler's own jumps don't leave it.  */
      if (__pure_isolated () || on_handler_stack_p (to))
	return;
      if (on_handler_stack_p (here))
	from = inside;
    }
  leave_stack (from, to, for_good);
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
  if (pure_in_call_p () && left_p (inside, from, to))
    {
      if (from != here)
	leave_from (here, inside);
      pure_set_word (PURE_LEVEL_INSIDE_OFFSET, 0);
      pure_leave_inside ();
    }
}

void
__pure_leave_frames (unsigned long from, unsigned long to)
{
  leave (from, to, 1);
}

void
__pure_leave_context (unsigned long from, unsigned long to)
{
  leave (from, to, 0);
}
