/* Threads that an isolated handler has started.

   SPDX-License-Identifier: LGPL-2.1-or-later

   They are none of the program's: all that they do is native, no signal is theirs,
   and no list of the program's has them.  But credentials are a process's (nptl(7)),
   which a C library keeps up by sending SIGSETXID to the threads that it knows of; so
   the runtime does that for these.  */

#include <asm/unistd.h>
#include <internal-signals.h>
#include <ldsodefs.h>
#include <list.h>
#include <lowlevellock.h>
#include <pthreadP.h>
#include <string.h>
#include "pure-isolated.h"

_Static_assert (PURE_OWN_LISTED_OFFSET + sizeof (struct pure_own_thread)
		  <= PURE_FORK_OFFSET,
		"abi's offsets.h");

static struct pure_own_thread *
self (void)
{
  return (struct pure_own_thread *) (pure_thread_pointer () + PURE_OWN_LISTED_OFFSET);
}

/* ld.so has them, of all handlers.  */
#define OURS (&__pure_process.own_threads)

void
__pure_start_own_threads (void)
{
  if (!OURS->stacks.next)
    INIT_LIST_HEAD (&OURS->stacks);
}

void PURE_HIDDEN
__pure_begin_own_thread (void)
{
  self ()->tid = pure_raw (__NR_gettid, 0, 0, 0, 0);
  lll_lock (OURS->lock, LLL_PRIVATE);
  self ()->next = OURS->running;
  OURS->running = self ();
  lll_unlock (OURS->lock, LLL_PRIVATE);
  __atomic_sub_fetch (&OURS->starting, 1, __ATOMIC_RELEASE);
  /* Its calls go to a handler.  */
  if (__pure_own_calls ())
    {
      __pure_start_in_others ();
      __pure_start_stack ();
    }
}

void PURE_HIDDEN
__pure_end_own_thread (void)
{
  struct pure_own_thread **link = &OURS->running;

  lll_lock (OURS->lock, LLL_PRIVATE);
  while (*link != NULL && *link != self ())
    link = &(*link)->next;
  if (*link != NULL)
    *link = self ()->next;
  lll_unlock (OURS->lock, LLL_PRIVATE);
  __pure_end_specific ();
}

int
__pure_set_credentials (void)
{
  if (__atomic_load_n (&OURS->command.target, __ATOMIC_ACQUIRE)
      != pure_raw (__NR_gettid, 0, 0, 0, 0))
    return 0;
  pure_raw (OURS->command.number, OURS->command.a1, OURS->command.a2,
	    OURS->command.a3, 0);
  __atomic_store_n (&OURS->command.target, 0, __ATOMIC_RELEASE);
  return 1;
}

void
__pure_follow_credentials (long number, long a1, long a2, long a3)
{
  if ((!__atomic_load_n (&OURS->running, __ATOMIC_RELAXED)
       && !__atomic_load_n (&OURS->starting, __ATOMIC_RELAXED))
      || !__pure_in_own_process_p ())
    return;
  /* One that was made before the call has what was before.  One that couldn't be
     made is never there.  */
  for (int i = 0; __atomic_load_n (&OURS->starting, __ATOMIC_ACQUIRE) > 0; i++)
    if (i < PURE_PATIENCE)
      pure_rest ();
    else
      __atomic_store_n (&OURS->starting, 0, __ATOMIC_RELAXED);
  lll_lock (OURS->lock, LLL_PRIVATE);
  OURS->command.number = number;
  OURS->command.a1 = a1;
  OURS->command.a2 = a2;
  OURS->command.a3 = a3;
  for (struct pure_own_thread *thread = OURS->running; thread; thread = thread->next)
    {
      __atomic_store_n (&OURS->command.target, thread->tid, __ATOMIC_RELEASE);
      pure_raw (__NR_tgkill, pure_raw (__NR_getpid, 0, 0, 0, 0), thread->tid,
		SIGSETXID, 0);
      for (int i = 0; i < PURE_PATIENCE
		      && __atomic_load_n (&OURS->command.target, __ATOMIC_ACQUIRE); i++)
	pure_rest ();
    }
  OURS->command.target = 0;
  lll_unlock (OURS->lock, LLL_PRIVATE);
}

static int
in_list_p (list_t *list, int (*true_of) (char *thread))
{
  list_t *element;

  list_for_each (element, list)
    {
      char *thread = (char *) list_entry (element, struct pthread, list);
      if (thread != pure_thread_pointer () && true_of (thread))
	return 1;
    }
  return 0;
}

int
__pure_other_thread_p (int (*true_of) (char *thread))
{
  return (in_list_p (&GL (dl_stack_used), true_of)
	  || in_list_p (&GL (dl_stack_user), true_of)
	  || (!pure_next () && in_list_p (&OURS->stacks, true_of)));
}

/* THREAD isn't there any more: it isn't in the handler, and needs no stack for it.  */
static int
forget_thread (char *thread)
{
  unsigned long *base = (unsigned long *) (thread + PURE_STACK_BASE_OFFSET);

  *(unsigned long *) (thread + PURE_INSIDE_OFFSET) = 0;
  if (*base)
    pure_raw (__NR_munmap, *base, PURE_STACK_GUARD + PURE_STACK_SIZE, 0, 0);
  *base = 0;
  return 0;
}

void
__pure_forget_threads (void)
{
  __pure_other_thread_p (forget_thread);
  INIT_LIST_HEAD (&OURS->stacks);
  OURS->running = NULL;
  OURS->starting = 0;
  OURS->lock = LLL_LOCK_INITIALIZER;
}

/* THREAD is about to be started by this instance of the C library, with MASK.  Its
   memory may have been another's, which had no time to tidy up.  */
void PURE_HIDDEN
__pure_prepare_thread (struct pthread *thread, unsigned long *mask)
{
  static const int words[]
    = { PURE_MARK_OFFSET, PURE_FRAME_OFFSET, PURE_ASKED_NUMBER,
	PURE_INSIDE_OFFSET, PURE_HELD_OFFSET, PURE_ASIDE_OFFSET,
	PURE_STACK_OFFSET, PURE_STACK_BASE_OFFSET, PURE_ALTERNATE_SIZE_OFFSET,
	PURE_LEVEL_INSIDE_OFFSET, PURE_OWN_THREAD_OFFSET };
  char *tcb = (char *) thread;

  for (unsigned int i = 0; i < sizeof words / sizeof *words; i++)
    *(unsigned long *) (tcb + words[i]) = 0;
  /* cppcheck-suppress pointerSize; it's no size of TCB.  */
  memset (tcb + PURE_SPECIFIC_OFFSET, 0, DL_NNS * sizeof (void *));
  if (!__pure_auditor)
    return;
  *(unsigned long *) (tcb + PURE_INSIDE_OFFSET) = PURE_INSIDE_OWN_THREAD;
  *(unsigned long *) (tcb + PURE_LEVEL_INSIDE_OFFSET) = PURE_INSIDE_OWN_THREAD;
  *(unsigned long *) (tcb + PURE_LEVEL_OFFSET) = (unsigned long) &__pure_level;
  *(unsigned long *) (tcb + PURE_OWN_THREAD_OFFSET) = 1;
  *mask = ~(1ul << (SIGSETXID - 1));
  __pure_last_level ()->take_setxid ();
  __atomic_add_fetch (&OURS->starting, 1, __ATOMIC_RELAXED);
}
