/* fork, for an isolated handler: its C library does what it does in a fork of its
   own, around the program's.

   SPDX-License-Identifier: LGPL-2.1-or-later

   That is glibc's own file once more: locks are taken before, so that none is held by
   a thread that the child doesn't have, and the handler's pthread_atfork functions
   are called.  Here the child is made by the program's call; what the C libraries of
   the process share is the business of the program's.  */

#include <errno.h>
#include <fork.h>
#include <libio/libioP.h>
#include <stdlib/exit.h>
#include "pure-isolated.h"

/* The program's.  */
struct call
{
  long number, a1, a2, a3, a4, a5, tid;
};

/* The innermost, where handlers are stacked.  */
static const struct call *
this_call (void)
{
  return (const struct call *) pure_word (PURE_FORK_OFFSET);
}

/* The child's copy of one of the loader's, which the program's fork does too, but after
   calls of the child's.  One that this thread has, by the number that it had in the
   parent, it has.  */
static void
free_lock (__rtld_lock_recursive_t *lock)
{
  if (lock->mutex.__data.__owner != this_call ()->tid)
    __rtld_lock_initialize (*lock);
}

static pid_t
make_child (void)
{
  const struct call *call = this_call ();
  long result = (pure_next () ? __pure_pass_on : __pure_raw_gateway) (
    call->number, call->a1, call->a2, call->a3, call->a4, call->a5, 0);

  if (result == 0)
    {
      free_lock (&GL (dl_load_lock));
      free_lock (&GL (dl_load_write_lock));
      free_lock (&GL (dl_load_tls_lock));
      /* A child that only calls _exit has the handler's exit functions.  */
      __exit_funcs_lock = LLL_LOCK_INITIALIZER;
      __pure_forget_signals ();
      __pure_forget_threads ();
      __pure_signals_after_fork ();
      __pure_note_process ();
    }
  else if (result < 0)
    {
      __set_errno (-result);
      result = -1;
    }
  return result;
}

static pid_t stock_fork (void);

#undef SINGLE_THREAD_P
#define SINGLE_THREAD_P 0
#undef __rtld_lock_initialize
#define __rtld_lock_initialize(lock) ((void) 0)
#define reclaim_stacks() ((void) reclaim_stacks)
#define _Fork make_child
#undef weak_alias
#define weak_alias(name, alias)
#undef strong_alias
#define strong_alias(name, alias)
#undef libc_hidden_def
#define libc_hidden_def(name)
#define __libc_fork stock_fork
#include <posix/fork.c>

long
__pure_fork (long number, long a1, long a2, long a3, long a4, long a5)
{
  const unsigned long outer = pure_word (PURE_FORK_OFFSET);
  const struct call call
    = { number, a1, a2, a3, a4, a5, pure_raw (__NR_gettid, 0, 0, 0, 0) };
  int saved = errno;

  /* Or both would write it.  */
  __pure_flush ();
  pure_set_word (PURE_FORK_OFFSET, (unsigned long) &call);
  long result = stock_fork ();
  pure_set_word (PURE_FORK_OFFSET, outer);
  if (result < 0)
    result = -errno;
  __set_errno (saved);
  return result;
}
