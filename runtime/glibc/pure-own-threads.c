/* Threads that an isolated handler has started.

   SPDX-License-Identifier: LGPL-2.1-or-later

   They are none of the program's: all that they do is native, and no signal is
   theirs.  But credentials are a process's (nptl(7)), which the C library keeps up by
   SIGSETXID, in a program that has threads.  One that has none but the handler's
   doesn't know of these: the runtime sends them that.  */

#include <asm/unistd.h>
#include <internal-signals.h>
#include <ldsodefs.h>
#include <list.h>
#include <lowlevellock.h>
#include <pthreadP.h>
#include <time.h>
#include "pure-isolated.h"

/* How long a thread is waited for, and how often it is looked at, in
   milliseconds.  */
enum { PATIENCE = 1000, INTERVAL = 1 };

/* There is one, or was.  */
static int any;

/* What thread TARGET is to do; 0 when it has.  */
static struct { long target, number, a1, a2, a3; } command;
static int lock = LLL_LOCK_INITIALIZER;

int
__pure_set_credentials (void)
{
  if (__atomic_load_n (&command.target, __ATOMIC_ACQUIRE)
      != pure_raw (__NR_gettid, 0, 0, 0, 0))
    return 0;
  pure_raw (command.number, command.a1, command.a2, command.a3, 0);
  __atomic_store_n (&command.target, 0, __ATOMIC_RELEASE);
  return 1;
}

static void
rest (void)
{
  const struct timespec interval = { .tv_nsec = INTERVAL * 1000000 };
  pure_raw (__NR_nanosleep, (long) &interval, 0, 0, 0);
}

static void
command_list (list_t *list)
{
  list_t *element;

  list_for_each (element, list)
    {
      struct pthread *thread = list_entry (element, struct pthread, list);
      long tid = thread->tid;
      if (*(unsigned long *) ((char *) thread + PURE_INSIDE_OFFSET)
	    != PURE_INSIDE_OWN_THREAD
	  || tid <= 0)
	continue;
      __atomic_store_n (&command.target, tid, __ATOMIC_RELEASE);
      if (pure_raw (__NR_tgkill, pure_raw (__NR_getpid, 0, 0, 0, 0), tid,
		    SIGSETXID, 0) != 0)
	continue;
      for (int i = 0; i < PATIENCE / INTERVAL
		      && __atomic_load_n (&command.target, __ATOMIC_ACQUIRE); i++)
	rest ();
    }
}

void
__pure_follow_credentials (long number, long a1, long a2, long a3)
{
  if (!__atomic_load_n (&any, __ATOMIC_RELAXED) || !__pure_in_own_process_p ())
    return;
  /* A program that has threads has taken it, and signals these too.  */
  if (lll_trylock (GL (dl_stack_cache_lock)) != 0)
    return;
  lll_lock (lock, LLL_PRIVATE);
  command.number = number;
  command.a1 = a1;
  command.a2 = a2;
  command.a3 = a3;
  command_list (&GL (dl_stack_used));
  command_list (&GL (dl_stack_user));
  lll_unlock (lock, LLL_PRIVATE);
  lll_unlock (GL (dl_stack_cache_lock), LLL_PRIVATE);
}

/* THREAD is about to be started by this instance of the C library, with MASK.  Its
   memory may have been another's, which had no time to tidy up.  */
void PURE_HIDDEN
__pure_prepare_thread (struct pthread *thread, unsigned long *mask)
{
  static const int words[]
    = { PURE_MARK_OFFSET, PURE_FRAME_OFFSET, PURE_ASKED_NUMBER,
	PURE_INSIDE_OFFSET, PURE_HELD_OFFSET, PURE_ASIDE_OFFSET };
  char *tcb = (char *) thread;

  for (unsigned int i = 0; i < sizeof words / sizeof *words; i++)
    *(unsigned long *) (tcb + words[i]) = 0;
  if (!__pure_auditor)
    return;
  *(unsigned long *) (tcb + PURE_INSIDE_OFFSET) = PURE_INSIDE_OWN_THREAD;
  *mask = ~(1ul << (SIGSETXID - 1));
  __pure_take_setxid ();
  __atomic_store_n (&any, 1, __ATOMIC_RELAXED);
}
