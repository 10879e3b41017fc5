/* Isolated handlers over one another: pure-levels.h.  In ld.so too, as far as that
   calls them.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <errno.h>
#include "pure-isolated.h"
#if !IS_IN (rtld)
# include "pure-cancel.h"
#endif

#ifdef SHARED

/* ---- calling them ---- */

static inline int *
errno_of (const struct pure_isolated *isolated)
{
  return (int *) (pure_thread_pointer () + isolated->errno_offset);
}

static inline long
call_handler (const struct pure_isolated *to, long number, long nr, long a1, long a2,
	      long a3, long a4, long a5, long a6)
{
  pure_handler_t handler = __atomic_load_n (&to->handler, __ATOMIC_ACQUIRE);
  int *error = errno_of (to), saved = *error;

  *error = 0;
  long result = handler (number, nr, a1, a2, a3, a4, a5, a6);
  if (result == -1 && *error != 0)
    result = -(long) *error;
  *error = saved;
  return result;
}

const struct pure_isolated *
__pure_own_calls (void)
{
#if !IS_IN (rtld)
  if (__pure_auditor)
    return pure_some (&__pure_isolated_handler);
#endif
  const struct pure_level *level = __pure_process.isolated.level;
  if (pure_word (PURE_LEVEL_INSIDE_OFFSET) == pure_inside ())
    level = (const struct pure_level *) pure_word (PURE_LEVEL_OFFSET);
  return level ? pure_some (level->own) : NULL;
}

/* What was the thread's.  Its address is the word `inside' of what is called, as far as
   that needs one.

   There is nothing to put back when what is called is unwound: a handler's own code isn't,
   and what is called for the program only from the kernel, where the thread is in none
   (pure-special.c).  That is to be so: the cleanup of a C library that isn't the program's
   would look for an unwinder of its own.  */
struct crossing
{
  const struct pure_isolated *to;
  long nr;
  unsigned long inside, frame, level, level_inside;
} __attribute__ ((__aligned__ (16)));

static void
leave_crossing (const struct crossing *outer)
{
  pure_set_frame (outer->frame);
  pure_set_word (PURE_LEVEL_OFFSET, outer->level);
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, outer->level_inside);
  pure_set_inside (outer->inside);
  /* Before there is a program.  */
  if (outer->inside == 0)
    pure_leave_inside ();
}

/* Called as a handler is, with the address of a struct crossing for NR.  */
static long
cross (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  const struct crossing *outer = (const struct crossing *) nr;
  unsigned long inside = pure_inside ();

  /* It is on a stack of its own, and the word says so; or it isn't.  */
  if (inside == outer->inside)
    inside = (unsigned long) outer;
  inside |= PURE_FOR_HANDLER;
  pure_set_word (PURE_LEVEL_OFFSET, outer->to->level);
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, inside);
  pure_set_inside (inside);
  return call_handler (outer->to, number, outer->nr, a1, a2, a3, a4, a5, a6);
}

long
__pure_call_own (const struct pure_isolated *to, int thunk, long number, long nr,
		 long a1, long a2, long a3, long a4, long a5, long a6)
{
  const struct crossing outer
    = { to, nr, pure_inside (), pure_frame (), pure_word (PURE_LEVEL_OFFSET),
	pure_word (PURE_LEVEL_INSIDE_OFFSET) };
  long result;

  if (!thunk)
    pure_set_frame (0);
  /* In its own code a handler is on the stack that it has for that, and so is this.  A
     thread of a handler's is on one of its own.  */
  if (outer.inside <= PURE_INSIDE_OWN_THREAD)
    result = pure_call_isolated ((pure_handler_t) (void (*) (void)) cross, number,
				 (long) &outer, a1, a2, a3, a4, a5, a6);
  else
    result = cross (number, (long) &outer, a1, a2, a3, a4, a5, a6);
  leave_crossing (&outer);
  return result;
}

#if !IS_IN (rtld)
long
__pure_call_next (const struct pure_isolated *to, long number, long nr, long a1,
		  long a2, long a3, long a4, long a5, long a6)
{
  const unsigned long level = pure_word (PURE_LEVEL_OFFSET);
  const unsigned long level_inside = pure_word (PURE_LEVEL_INSIDE_OFFSET);

  pure_set_word (PURE_LEVEL_OFFSET, to->level);
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, pure_inside ());
  long result = call_handler (to, number, nr, a1, a2, a3, a4, a5, a6);
  pure_set_word (PURE_LEVEL_OFFSET, level);
  pure_set_word (PURE_LEVEL_INSIDE_OFFSET, level_inside);
  /* As after the kernel.  */
  if (__builtin_expect (__pure_ending != NULL, 0))
    __pure_wait_for_end ();
  return result;
}
#endif

/* ---- setting them ---- */

#if !IS_IN (rtld)

struct pure_isolated __pure_next
  = { (pure_handler_t) (void (*) (void)) &__pure_next, 0, NULL };

struct pure_level __pure_level
  = { .own = &__pure_isolated_handler,
      .next = &__pure_next,
      .pointer = &__pure_syscall,
      .look_at_all = __pure_look_at_all,
      .block_functions = __pure_block_functions,
      .take_setxid = __pure_take_setxid };

void
__pure_copy_isolated (struct pure_isolated *to, const struct pure_isolated *from)
{
  pure_handler_t handler = from->handler;

  /* A call of the one that there was may be on its way back, and look at errno.  */
  if (pure_none_p (from))
    handler = (pure_handler_t) (void (*) (void)) to;
  else
    {
      __atomic_store_n (&to->errno_offset, from->errno_offset, __ATOMIC_RELAXED);
      __atomic_store_n (&to->level, from->level, __ATOMIC_RELAXED);
    }
  __atomic_store_n (&to->handler, handler, __ATOMIC_SEQ_CST);
}

/* Give this one its options: the handlers come first, in their order.  */
static void
hand_out_options (void)
{
  const struct pure_start *start = __pure_process.start;
  const int index = __pure_auditor - 1;
  char **end;

  if (!start || index >= start->handlers || !start->handler_options[index])
    return;
  for (end = start->handler_environment; *end; end++)
    continue;
  end[0] = start->handler_options[index];
  end[1] = NULL;
}

void
__pure_start_level (void)
{
  const struct pure_isolated *isolated = &__pure_process.isolated;
  struct pure_level *below = (struct pure_level *) isolated->level;
  static struct pure_cancel_place place;

  place = pure_cancel_place ();
  __pure_process.cancel_places = &place;
  __pure_auditor = ++__pure_process.auditors;
  hand_out_options ();
  if (pure_none_p (isolated))
    return;
  __pure_copy_isolated (&__pure_next, isolated);
  __pure_copy_isolated (&__pure_isolated_handler, isolated);
  __pure_look_at_all ();
  below->look_at_all ();
  below->above = &__pure_level;
  __pure_syscall = isolated->handler;
}

const struct pure_level *
__pure_last_level (void)
{
  const struct pure_level *level = &__pure_level;

  while (!pure_none_p (level->next))
    level = level->next->level;
  return level;
}

/* Let TO, and the pointer at POINTER, have FROM.  */
static pure_handler_t
put (struct pure_isolated *to, pure_handler_t *pointer,
     const struct pure_isolated *from)
{
  __pure_copy_isolated (to, from);
  return __atomic_exchange_n (pointer, pure_none_p (from) ? NULL : from->handler,
			      __ATOMIC_ACQ_REL);
}

/* Does the program call this one, or nobody, or will it call this one in place of the
   next?  */
static int
first_p (void)
{
  const struct pure_level *level = __pure_process.isolated.level;

  return (pure_none_p (&__pure_process.isolated) || level == &__pure_level
	  || (!pure_none_p (&__pure_next) && level == __pure_next.level));
}

void
__pure_end_level (void)
{
  if (__pure_on_own_calls)
    put (&__pure_isolated_handler, &__pure_syscall, &__pure_next);
  __pure_on_own_calls = 0;
}

static pure_handler_t
put_first (const struct pure_isolated *from)
{
  struct pure_process *process = &__pure_process;
  struct pure_isolated *base;

  __pure_copy_isolated (&process->isolated, from);
  base = __atomic_load_n (&process->base_isolated, __ATOMIC_SEQ_CST);
  if (base)
    __pure_copy_isolated (base, from);
  return __atomic_exchange_n (pure_process_pointer (),
			      pure_none_p (from) ? NULL : from->handler,
			      __ATOMIC_ACQ_REL);
}

pure_handler_t
__pure_set_level (pure_handler_t handler)
{
  struct pure_isolated ours
    = { handler, (char *) &errno - pure_thread_pointer (), &__pure_level };
  const struct pure_isolated *from = handler ? &ours : &__pure_next;
  struct pure_level *above = __pure_level.above;

  if (__pure_on_own_calls)
    {
      __pure_look_at_all ();
      put (&__pure_isolated_handler, &__pure_syscall, from);
    }
  if (first_p ())
    return put_first (from);
  __pure_copy_isolated (above->next, from);
  if (above->own->level != above)
    return put (above->own, above->pointer, from);
  return NULL;
}

#endif
#endif
