/* What the C library instances of a process share.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_PROCESS_H
#define PURE_PROCESS_H 1

#include <list_t.h>
#include <stddef.h>
#include <abi/run.h>
#include "mark.h"

struct pure_level;

/* A handler that lives in another namespace than what calls it, where its C library's
   errno is, relative to the thread pointer, and that library.  */
struct pure_isolated
{
  pure_handler_t handler;
  long errno_offset;
  const struct pure_level *level;
};

/* Where a C library's gateway looks, before it makes a call that can be cancelled, whether
   the thread is to be, and where it goes on if so (pure-cancel.h).  */
struct pure_cancel_place
{
  const char *start, *end, *canceled;
  const struct pure_cancel_place *next;
};

/* A thread that an isolated handler has started.  */
struct pure_own_thread
{
  struct pure_own_thread *next;
  long tid;
};

/* Those of all handlers (pure-own-threads.c).  */
struct pure_own_threads
{
  struct pure_own_thread *running;
  int lock;
  /* How many have been made and aren't there yet.  */
  int starting;
  /* What thread TARGET is to do; 0 when it has.  */
  struct { long target, number, a1, a2, a3; } command;
  /* In place of ld.so's lists.  */
  list_t stacks;
};

/* It is in ld.so, and in libc.a for static programs.  Written while handlers are
   installed and read at each diverted call, by any thread, with relaxed
   loads and stores; the pointer is stored last.  */
struct pure_process
{
  /* The base instance's pointer; NULL until that instance is relocated.  */
  pure_handler_t *pointer;
  /* Stands in for it until then.  */
  pure_handler_t early;
  /* What all isolated handlers have asked for: pure_set_flags.  */
  unsigned int flags;
  /* It has put itself under seccomp: the runtime makes no calls that can be done
     without.  */
  int confined;
  struct pure_isolated isolated;
  /* The base instance's copy of that; NULL until it is there.  */
  struct pure_isolated *base_isolated;
  /* Where the base instance's errno is, relative to the thread pointer.  */
  long base_errno;
  /* The size of a thread's state for the vDSO's getrandom; 0: there is none
     (getrandom.c).  */
  unsigned int random_state_size;

  struct pure_own_threads own_threads;

  /* Of the C libraries of auditors, which came before the program's: what a new
     thread of the program's needs of them, and ld.so's that ends one.  NULL if there
     is none.  */
  void (*start_thread) (void);
  /* In ld.so: call the destructors of the objects of the namespace that ADDRESS
     is in, which the end of the program leaves out (dl-fini.c).  */
  void (*end_namespace) (const void *address);
  /* In ld.so: free what ld.so has allocated.  */
  void (*free) (void *);

  /* How many auditors' C libraries have started, and their places.  They stay.  */
  int auditors;
  const struct pure_cancel_place *cancel_places;

  /* How the process was started (abi/run.h), or NULL: not by pure-run.  */
  struct pure_start *start;
};

extern struct pure_process __pure_process;

_Static_assert (offsetof (struct pure_process, pointer) == PURE_PROCESS_POINTER
		  && offsetof (struct pure_process, early)
		       == PURE_PROCESS_EARLY
		  && offsetof (struct pure_process, flags) == PURE_PROCESS_FLAGS
		  && offsetof (struct pure_isolated, handler)
		       == PURE_ISOLATED_HANDLER
		  && offsetof (struct pure_isolated, errno_offset)
		       == PURE_ISOLATED_ERRNO
		  && offsetof (struct pure_isolated, level) == PURE_ISOLATED_LEVEL,
		"abi's offsets.h");

/* Is there no handler in ISOLATED?  In place of NULL it has its own address, which the
   pointer never has.  */
static inline int
pure_none_p (const struct pure_isolated *isolated)
{
  return (!isolated->handler
	  || isolated->handler == (pure_handler_t) (void (*) (void)) isolated);
}

/* The address of the pointer that ld.so follows.  */
static inline pure_handler_t *
pure_process_pointer (void)
{
  pure_handler_t *p = __atomic_load_n (&__pure_process.pointer,
				       __ATOMIC_RELAXED);
  return p ? p : &__pure_process.early;
}

#endif /* pure-process.h */
