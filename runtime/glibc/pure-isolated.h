/* What the runtime does for an isolated handler, in that one's own C library.

   SPDX-License-Identifier: LGPL-2.1-or-later

   An isolated handler's C library is one more in the process.  What all of them have
   to know of, it learns when the handler passes on the call: __pure_special.
   All these functions are called inside the handler (pure-inside.h), so that no
   signal of the program's comes in between.  */

#ifndef PURE_ISOLATED_H
#define PURE_ISOLATED_H 1

#include <asm/unistd.h>
#include <time.h>
#include "pure.h"

/* pure-special.c: see all calls that are passed on; and pass NUMBER on, which needs
   nothing else here.  */
void __pure_look_at_all (void) PURE_HIDDEN;
long __pure_pass_on (long number, long a1, long a2, long a3, long a4, long a5, long a6)
  PURE_HIDDEN;

static inline long
pure_raw (long number, long a1, long a2, long a3, long a4)
{
  return __pure_raw_gateway (number, a1, a2, a3, a4, 0, 0);
}

/* How many times another thread is looked at before it is given up, and what comes in
   between: a millisecond.  */
enum { PURE_PATIENCE = 1000 };

static inline void
pure_rest (void)
{
  const struct timespec interval = { .tv_nsec = 1000000 };
  pure_raw (__NR_nanosleep, (long) &interval, 0, 0, 0);
}

/* Can the kernel read SIZE bytes at ADDRESS now?  */
int __pure_readable (unsigned long address, unsigned long size) PURE_HIDDEN;

/* pure-signal.c: the program's rt_sigaction, and all actions as in the child of a
   fork.  */
long __pure_sigaction (long number, long action, long old, long size) PURE_HIDDEN;
void __pure_signals_after_fork (void) PURE_HIDDEN;
/* This thread forgets what waits for it, as the child of a fork does. */
void __pure_forget_signals (void) PURE_HIDDEN;
/* It gives back what it has for that.  */
void __pure_free_signals (void) PURE_HIDDEN;
/* It blocks all signals that the program has functions for.  */
void __pure_block_functions (void) PURE_HIDDEN;
/* SIGSETXID comes to the runtime, whatever the program does.  */
void __pure_take_setxid (void) PURE_HIDDEN;

/* pure-fork.c: the program's fork, or a clone that is one.  */
long __pure_fork (long number, long a1, long a2, long a3, long a4, long a5)
  PURE_HIDDEN;

/* pure-own-process.c.  Is PID this process, and is this its memory and not a
   parent's?  */
int __pure_own_process_p (long pid) PURE_HIDDEN;
/* The same of the caller.  */
int __pure_in_own_process_p (void) PURE_HIDDEN;
void __pure_start_process (void) PURE_HIDDEN;
/* Look, before there is a child that couldn't tell.  */
void __pure_note_process (void) PURE_HIDDEN;

/* pure-specific.c: the thread's data ends.  */
void __pure_end_specific (void) PURE_HIDDEN;

/* pure-end.c.  Write what is in the streams of this C library.  */
void __pure_flush (void) PURE_HIDDEN;
/* A new thread needs something of the C libraries of auditors that were there before this
   one's.  */
void __pure_start_in_others (void) PURE_HIDDEN;
/* The thread is about to end.  */
void __pure_end_thread (void) PURE_HIDDEN;
/* End the process with STATUS, if it is this one, as exit does.  */
void __pure_end_process (int status) PURE_HIDDEN;

/* pure-own-threads.c.  This C library may start some.  */
void __pure_start_own_threads (void) PURE_HIDDEN;
/* For __pure_signal: this thread of the handler's is sent
   SIGSETXID.  Was that for the next function?  */
int __pure_set_credentials (void) PURE_HIDDEN;
/* The program has made call NUMBER, which changes its
   credentials: the last handler's C library does for all.  */
void __pure_follow_credentials (long number, long a1, long a2, long a3)
  PURE_HIDDEN;
/* Is TRUE_OF true of another thread of the program's, by its thread pointer?  */
int __pure_other_thread_p (int (*true_of) (char *thread)) PURE_HIDDEN;
/* There are no threads but this one, in the child of a fork.  */
void __pure_forget_threads (void) PURE_HIDDEN;

#endif /* pure-isolated.h */
