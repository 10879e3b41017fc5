/* What the runtime knows of the thread that it runs in: two words of it.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The mark says whether the thread is in a handler of the program's own
   namespace, whose C library calls have to be native.  It is zero, or the address
   of a pair of words on the stack: of one that the dispatch made before it called
   the handler, and then its lowest bit is set; or of one that the gateway made
   before it entered the kernel, where signals arrive, whose handlers are
   program.  Each pair has what was the thread's before it.

   The frame is that of the thunk that a handler, an isolated one or not, was
   called from (frame.h), or zero.  Or its lowest bit is set: the handler was called
   for a call in which the thread may be cancelled (pure-cancel.h), and the rest is the
   address of a word on the stack, which has the frame that was the thread's before.

   Where they are, and how they are read and written, is in pure-thread.h, which
   each personality has.  */

#ifndef PURE_MARK_H
#define PURE_MARK_H 1

#include <abi/x86_64/offsets.h>

/* The mark's bit: in a handler.  */
#define PURE_IN_HANDLER 1

/* The frame's: in a call in which the thread may be cancelled.  */
#define PURE_CANCELABLE 1

#ifndef __ASSEMBLER__

# include <stddef.h>

/* What was the thread's.  The gateway pushes the same.  */
struct pure_outer
{
  unsigned long frame;
  unsigned long mark;
};

_Static_assert (offsetof (struct pure_outer, frame) == PURE_OUTER_FRAME
		  && offsetof (struct pure_outer, mark) == PURE_OUTER_MARK
		  && sizeof (struct pure_outer) == PURE_OUTER_SIZE,
		"abi/x86_64/offsets.h");

/* The thread pointer, as an address that others are relative to.  */
static inline char *
pure_thread_pointer (void)
{
  char *tp;
  __asm__ ("movq %%fs:0, %0" : "=r" (tp));
  return tp;
}

#endif /* !__ASSEMBLER__ */

#include "pure-thread.h"

#endif /* mark.h */
