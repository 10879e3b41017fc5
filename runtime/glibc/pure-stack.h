/* The stack that a thread has for an isolated handler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   At a site there may be little stack: in a coroutine, on an alternate signal stack.
   So an isolated handler is called on another, unless it says that it needs none, or
   the thread has none.  The thunk keeps the program's vector state on it, even of a
   handler that says so.  For the kernel the gateway goes back to the program's, which
   is where signals arrive; the calls of their functions begin below what is in use on
   the handler's, where a record is:

	inside	as the thread's word (pure-inside.h): where to go back to
	stack	as it was before; 0: this is the first one, and nothing is in use

   Words of the thread:

   stack	the last record's address, below which a handler's stack begins, and
		whether handlers are called there; 0: there is none
   stack base	what is mapped for it
   alternate	the alternate signal stack that the last signal found, and its size.
		On that one the kernel must not find the thread elsewhere, or the next
		signal would overwrite it: so all signals are blocked while a handler
		runs that was called there.

   A jump to another context than the one that has a record may come back to that:
   the word is 0 from then on, until it has.  */

#ifndef PURE_STACK_H
#define PURE_STACK_H 1

#include <abi/x86_64/offsets.h>

/* Bits of the word `inside', which is a multiple of 16 besides: the handler is on
   this stack; and all signals are blocked for that.  It was called for another handler's
   own code (pure-levels.h); and is in the kernel for that.  */
#define PURE_OWN_STACK 1
#define PURE_HOLDS_ALL 2
#define PURE_FOR_HANDLER 4
#define PURE_IN_KERNEL 8

/* A bit of the word `stack'.  */
#define PURE_CALLS_ON_STACK 1

/* PURE_ON_PROGRAM_STACK, for assembly.  */
#define PURE_NO_STACK 1

/* A handler has 256 KiB.  There are many of those, for the calls of a signal's
   function while a call is in the kernel, and of another signal's in that.  And a
   guard page.  */
#define PURE_STACK_SIZE (8 * 1024 * 1024)
#define PURE_STACK_GUARD 4096

/* In a record.  */
#define PURE_RECORD_STACK 0
#define PURE_RECORD_INSIDE 8

#ifndef __ASSEMBLER__

# include <stddef.h>

_Static_assert (PURE_NO_STACK == PURE_ON_PROGRAM_STACK, "purecc.h");

struct pure_record
{
  unsigned long stack;
  unsigned long inside;
};

_Static_assert (offsetof (struct pure_record, stack) == PURE_RECORD_STACK
		  && offsetof (struct pure_record, inside) == PURE_RECORD_INSIDE,
		"pure-stack.h");

static inline unsigned long
pure_stack (void)
{
  return pure_word (PURE_STACK_OFFSET);
}

static inline void
pure_set_stack (unsigned long stack)
{
  pure_set_word (PURE_STACK_OFFSET, stack);
}

/* This thread's record, if it has one of a call that isn't over.  */
static inline const struct pure_record *
pure_record (void)
{
  const struct pure_record *record
    = (const struct pure_record *) (pure_stack () & ~(unsigned long) PURE_CALLS_ON_STACK);
  return record && record->stack ? record : NULL;
}

/* Get this thread one, if the handler needs it and it can be had.  */
void __pure_start_stack (void) PURE_HIDDEN;

/* Get it one for the thunk's use only, if the handler needs none.  */
void __pure_start_area (void) PURE_HIDDEN;

/* Call HANDLER on it.  Its end is left to the caller: pure_leave_inside.  */
long __pure_on_own_stack (long number, long nr, long a1, long a2, long a3, long a4,
			  long a5, long a6, pure_handler_t handler) PURE_HIDDEN;

/* Block all signals until the thread leaves the handler that it is about to call;
   called by __pure_own_stack.  */
void __pure_hold_signals (void) PURE_HIDDEN;

/* End the thread with STATUS, and unmap BASE, its stack for a handler, or NULL.  */
void __pure_exit_thread (long status, unsigned long base)
  PURE_HIDDEN __attribute__ ((__noreturn__));

/* FUNCTION (A1, A2, A3, A4), on the program's, as the program's.  */
long __pure_on_program_stack (long a1, long a2, long a3, long a4,
			      long (*function) (long, long, long, long)) PURE_HIDDEN;

static inline long
pure_call_isolated (pure_handler_t handler, long number, long nr, long a1, long a2,
		    long a3, long a4, long a5, long a6)
{
  if (!(pure_stack () & PURE_CALLS_ON_STACK))
    return handler (number, nr, a1, a2, a3, a4, a5, a6);
  return __pure_on_own_stack (number, nr, a1, a2, a3, a4, a5, a6, handler);
}

#endif /* !__ASSEMBLER__ */
#endif /* pure-stack.h */
