/* What the parts of the runtime share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The same sources make up libpurecc, which serves programs on any C library,
   and the runtime inside a pure glibc, where they are compiled once for
   libc.so.6 and libc.a (PURE_IN_LIBC) and once for ld.so (PURE_IN_RTLD).

   Each instance of libc.so.6 in a process has a pointer of its own: the one
   in the program's namespace, the base instance, has the program's, and that
   of an isolated handler stays NULL, so that the handler's own calls are
   native.  ld.so, of which there is only one, follows the base instance's.  */

#ifndef PURE_H
#define PURE_H 1

#include <purecc.h>
#include "mark.h"

#define PURE_HIDDEN __attribute__ ((__visibility__ ("hidden")))

/* The most arguments that a system call has.  */
enum { PURE_MAX_ARGS = 6 };

/* The gateway: system call NUMBER in the kernel, the in-handler mark off
   while it is there.  Returns the raw result.  */
long __pure_gateway (long number, long a1, long a2, long a3, long a4, long a5,
		     long a6) PURE_HIDDEN;

/* The same without regard to the mark: for before the thread pointer is set
   up, which is where the mark is.  */
long __pure_raw_gateway (long number, long a1, long a2, long a3, long a4,
			 long a5, long a6) PURE_HIDDEN;

#if defined PURE_IN_LIBC || defined PURE_IN_RTLD

/* For longjmp and setcontext, which are about to leave the frames between stack
   pointers FROM and TO: where handlers were called from one of these, they are
   handlers no longer.  */
void __pure_leave_frames (unsigned long from, unsigned long to) PURE_HIDDEN;

# ifdef PURE_IN_LIBC
/* NUMBER, one that the vDSO may answer, by it or the gateway.  */
long __pure_by_vdso (long number, long a1, long a2, long a3) PURE_HIDDEN;

/* NUMBER with NR arguments, 1 to 3, asked for in place of the vDSO.  */
long __pure_ask (long number, long nr, long a1, long a2, long a3) PURE_HIDDEN;

/* The guards that are called (site.S).  */
long __pure_guard1 (long a1, long number);
long __pure_guard2 (long a1, long a2, long number);
long __pure_guard3 (long a1, long a2, long a3, long number);

/* The word that syscall () tests: if it isn't 0 there is more to do than to
   enter the kernel.  It is the pointer, until a thread's frame can be that of a
   thunk (mark.h) although this instance's pointer is NULL; then it is this word
   itself, for good.  */
extern void *__pure_tested PURE_HIDDEN;

static inline void
pure_expect_frames (void)
{
  if (__atomic_load_n (&__pure_tested, __ATOMIC_RELAXED) != &__pure_tested)
    __atomic_store_n (&__pure_tested, &__pure_tested, __ATOMIC_RELAXED);
}
# endif

/* A handler that lives in another namespace than the program, and where its C
   library's errno is, relative to the thread pointer.  */
struct pure_isolated
{
  pure_handler_t handler;
  long errno_offset;
};

# ifdef PURE_IN_LIBC
/* What struct pure_process has of it, for site.S and thunk.S, which get it here
   without the GOT.  Where there is none the handler is the address of one of
   these, which the pointer never has: that the pointer isn't NULL needs no test
   then.  */
extern struct pure_isolated __pure_isolated_handler PURE_HIDDEN;
# endif

/* What the instances of libc.so.6 in a process know in common.  It is in
   ld.so, and in libc.a for static programs.  Written while handlers are
   installed and read at each diverted call, by any thread, with relaxed
   loads and stores; the pointer is stored last.  */
struct pure_process
{
  /* The base instance's pointer; NULL until that instance is relocated.  */
  pure_handler_t *pointer;
  /* Stands in for it until then.  */
  pure_handler_t early;
  struct pure_isolated isolated;
  /* The base instance's copy of that; NULL until it is there.  */
  struct pure_isolated *base_isolated;
  /* Where the base instance's errno is, relative to the thread pointer.  */
  long base_errno;
};

extern struct pure_process __pure_process;

/* The address of the pointer that ld.so follows.  */
static inline pure_handler_t *
pure_process_pointer (void)
{
  pure_handler_t *p = __atomic_load_n (&__pure_process.pointer,
				       __ATOMIC_RELAXED);
  return p ? p : &__pure_process.early;
}

#endif /* PURE_IN_LIBC || PURE_IN_RTLD */

#endif /* pure.h */
