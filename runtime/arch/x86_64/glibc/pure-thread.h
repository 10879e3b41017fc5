/* Where a thread's mark and frame (mark.h) are in a pure glibc.

   SPDX-License-Identifier: LGPL-2.1-or-later

   In words of the thread control block, so that libc.so.6 and ld.so, which has no
   thread-local variables, see the same ones: tcbhead_t's `unused_vgetcpu_cache',
   which nothing has used since glibc 2.7 (sysdeps/x86_64/nptl/tls.h).

   There are more, in tcbhead_t's `__glibc_unused2': the system call that one of its
   functions makes in place of the vDSO, and its first two arguments; no number, 0,
   if there is none (pure-vdso.c).  And those of pure-inside.h.  */

#ifndef PURE_THREAD_H
#define PURE_THREAD_H 1

#include <abi/x86_64/offsets.h>

#ifdef __ASSEMBLER__

/* As operands, after LOAD_THREAD.  */
# define LOAD_THREAD
# define MARK %fs:PURE_MARK_OFFSET
# define FRAME %fs:PURE_FRAME_OFFSET

#else /* !__ASSEMBLER__ */

/* The word at OFFSET, a constant.  */
# define pure_word(offset)						\
  ({									\
    unsigned long word_;						\
    __asm__ __volatile__ ("movq %%fs:%c1, %0"				\
			  : "=r" (word_) : "i" (offset));		\
    word_;								\
  })

# define pure_set_word(offset, value)					\
  __asm__ __volatile__ ("movq %0, %%fs:%c1"				\
			: : "er" ((unsigned long) (value)), "i" (offset) : "memory")

static inline unsigned long
pure_mark (void)
{
  return pure_word (PURE_MARK_OFFSET);
}

static inline void
pure_set_mark (unsigned long mark)
{
  pure_set_word (PURE_MARK_OFFSET, mark);
}

static inline unsigned long
pure_frame (void)
{
  return pure_word (PURE_FRAME_OFFSET);
}

static inline void
pure_set_frame (unsigned long frame)
{
  pure_set_word (PURE_FRAME_OFFSET, frame);
}

static inline void
pure_clear_asked (void)
{
  pure_set_word (PURE_ASKED_NUMBER, 0);
}

/* Is there a frame?  In one instruction, and a jump.  */
static inline int
pure_in_frame_p (void)
{
  int p;
  __asm__ __volatile__ ("cmpq $0, %%fs:%c1"
			: "=@ccne" (p) : "i" (PURE_FRAME_OFFSET));
  return p;
}

#endif /* !__ASSEMBLER__ */
#endif /* pure-thread.h */
