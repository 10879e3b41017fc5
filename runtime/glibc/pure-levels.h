/* Isolated handlers over one another.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The last auditor that sets a handler is next to the program.  Each C library of a
   handler's has two records of its own:

   own		whom its own calls go to: the handler that was there before it, or
		itself, if it has asked for that (PURE_ON_OWN_CALLS)
   next		whom it passes calls on to: the handler that was there before it

   A thread's words (pure-inside.h, pure-stack.h, mark.h) are those of the call of the
   program's that it makes, whichever handler it is in.  To pass that on is to call the
   next handler where the thread is: the last one's gateway enters the kernel as if it
   were the only one.  What calls of its own a handler makes is another matter: then
   the thread stays inside, signals wait, and the last handler's gateway enters the
   kernel as guards do whose pointer is NULL.  The bits of `inside' say so.

   Two words of the thread say which handler it is in, for code that serves all of them,
   ld.so first:

   level	its C library's structure, if the next is the word `inside'; else the
		thread is in the one next to the program
   level inside	0 while the thread is in the kernel for the program  */

#ifndef PURE_LEVELS_H
#define PURE_LEVELS_H 1

#include "mark.h"
#include "pure-process.h"

/* A handler's C library, as others know it.  */
struct pure_level
{
  struct pure_isolated *own, *next;
  /* Its pointer, for `own'.  */
  pure_handler_t *pointer;
  /* That of the handler that has this one for its next, or NULL.  */
  struct pure_level *above;
  /* The gateway is to look at all calls (pure-special.c).  */
  void (*look_at_all) (void);
  /* If this is the last one: pure-signal.c.  */
  void (*block_functions) (void);
  void (*take_setxid) (void);
};

extern struct pure_level __pure_level PURE_HIDDEN;

/* Its `next'.  */
extern struct pure_isolated __pure_next PURE_HIDDEN;

/* What struct pure_process has of it, for site.S and thunk.S, which get it here
   without the GOT: in a handler's C library, `own'.  Where there is none the handler is
   the address of one of these, which the pointer never has: that the pointer isn't NULL
   needs no test then.  */
extern struct pure_isolated __pure_isolated_handler PURE_HIDDEN;

/* Let TO have what FROM has.  */
void __pure_copy_isolated (struct pure_isolated *to, const struct pure_isolated *from)
  PURE_HIDDEN;

/* This C library is a handler's: take the one that is set for the next, and for that of
   its own calls.  */
void __pure_start_level (void) PURE_HIDDEN;

/* Set HANDLER in place of what this C library has set, if anything.  Returns what its
   calls came from.  */
pure_handler_t __pure_set_level (pure_handler_t handler) PURE_HIDDEN;

/* It is about to end: its own calls no longer come to itself.  */
void __pure_end_level (void) PURE_HIDDEN;

/* The last handler's C library.  */
const struct pure_level *__pure_last_level (void) PURE_HIDDEN;

static inline const struct pure_isolated *
pure_some (const struct pure_isolated *isolated)
{
  return pure_none_p (isolated) ? NULL : isolated;
}

/* Whom this C library passes calls on to, or NULL.  */
static inline const struct pure_isolated *
pure_next (void)
{
  return pure_some (&__pure_next);
}

/* Who gets a call that is made in a handler's own code, or NULL: the kernel.  */
const struct pure_isolated *__pure_own_calls (void) PURE_HIDDEN;

/* Call the handler TO for the program, or for what the thread is in.  */
long __pure_call_next (const struct pure_isolated *to, long number, long nr, long a1,
		       long a2, long a3, long a4, long a5, long a6) PURE_HIDDEN;

/* Call it for a handler's own code, or a thread of a handler's.  THUNK: from the
   thunk.  */
long __pure_call_own (const struct pure_isolated *to, int thunk, long number, long nr,
		      long a1, long a2, long a3, long a4, long a5, long a6) PURE_HIDDEN;

#endif /* pure-levels.h */
