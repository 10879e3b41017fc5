/* What the C library instances of a process share.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_PROCESS_H
#define PURE_PROCESS_H 1

#include <stddef.h>
#include <abi/run.h>
#include "mark.h"

/* A handler that lives in another namespace than the program, and where its C
   library's errno is, relative to the thread pointer.  */
struct pure_isolated
{
  pure_handler_t handler;
  long errno_offset;
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
  /* What the isolated handler has asked for: pure_set_flags.  */
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

  /* Of the C library of a handler that came before the program's: what a new
     thread of the program's needs of it, and ld.so's that ends it.  NULL if there
     is none.  */
  void (*start_thread) (void);
  /* In ld.so: call the destructors of the objects of the namespace that ADDRESS
     is in, which the end of the program leaves out (dl-fini.c).  */
  void (*end_namespace) (const void *address);
  /* In ld.so: free what ld.so has allocated.  */
  void (*free) (void *);

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
		       == PURE_ISOLATED_ERRNO,
		"abi's offsets.h");

/* The address of the pointer that ld.so follows.  */
static inline pure_handler_t *
pure_process_pointer (void)
{
  pure_handler_t *p = __atomic_load_n (&__pure_process.pointer,
				       __ATOMIC_RELAXED);
  return p ? p : &__pure_process.early;
}

#endif /* pure-process.h */
