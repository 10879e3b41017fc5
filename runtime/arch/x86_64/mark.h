/* What the runtime knows of the thread that it runs in.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The mark tells whether the thread is in a handler of the program's own
   namespace, whose C library calls have to be native.  It is the address of a
   record on the stack, or zero: of one that the dispatch made before it called
   the handler, and then its lowest bit is set; or of one that the gateway made
   before it entered the kernel, where signals arrive, whose handlers are
   program.  Each record has what was the thread's before it.

   The frame is that of the thunk that a handler, an isolated one or not, was
   called from, or zero.

   Used from C and from assembly.  In a pure glibc they are two words of the
   thread control block, so that libc.so.6 and ld.so, which has no thread-local
   variables, see the same ones: tcbhead_t's `unused_vgetcpu_cache', which
   nothing has used since glibc 2.7 (sysdeps/x86_64/nptl/tls.h).  In libpurecc
   they are thread-local variables in the static TLS block.  */

#ifndef PURE_MARK_H
#define PURE_MARK_H 1

#define PURE_MARK_OFFSET 0x38
#define PURE_FRAME_OFFSET 0x40

/* In a pure glibc three more, in tcbhead_t's `__glibc_unused2': the system call
   that one of its functions makes in place of the vDSO, and its first two
   arguments; no number, 0, if there is none.  pure-vdso.c.  */
#define PURE_ASKED_NUMBER 0x80
#define PURE_ASKED_A1 0x88
#define PURE_ASKED_A2 0x90

/* The mark's bit: in a handler.  */
#define PURE_IN_HANDLER 1

#ifndef __ASSEMBLER__

/* What was the thread's.  */
struct pure_record
{
  unsigned long frame;
  unsigned long mark;
};

/* The thread pointer, as a place that others are counted from.  */
static inline char *
pure_thread_pointer (void)
{
  char *tp;
  __asm__ ("movq %%fs:0, %0" : "=r" (tp));
  return tp;
}

# if defined PURE_IN_LIBC || defined PURE_IN_RTLD

static inline unsigned long
pure_mark (void)
{
  unsigned long mark;
  __asm__ __volatile__ ("movq %%fs:%c1, %0"
			: "=r" (mark) : "i" (PURE_MARK_OFFSET));
  return mark;
}

static inline void
pure_set_mark (unsigned long mark)
{
  __asm__ __volatile__ ("movq %0, %%fs:%c1"
			: : "er" (mark), "i" (PURE_MARK_OFFSET) : "memory");
}

static inline unsigned long
pure_frame (void)
{
  unsigned long frame;
  __asm__ __volatile__ ("movq %%fs:%c1, %0"
			: "=r" (frame) : "i" (PURE_FRAME_OFFSET));
  return frame;
}

static inline void
pure_set_frame (unsigned long frame)
{
  __asm__ __volatile__ ("movq %0, %%fs:%c1"
			: : "er" (frame), "i" (PURE_FRAME_OFFSET) : "memory");
}

/* Of PURE_ASKED_NUMBER, PURE_ASKED_A1, PURE_ASKED_A2.  */
#  define pure_asked(offset)						\
  ({									\
    long asked_;							\
    __asm__ __volatile__ ("movq %%fs:%c1, %0"				\
			  : "=r" (asked_) : "i" (offset));		\
    asked_;								\
  })

#  define pure_set_asked(offset, value)					\
  __asm__ __volatile__ ("movq %0, %%fs:%c1"				\
			: : "er" ((long) (value)), "i" (offset) : "memory")

static inline void
pure_clear_asked (void)
{
  pure_set_asked (PURE_ASKED_NUMBER, 0);
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

# else

/* The mark, and the frame.  */
extern __thread volatile unsigned long __pure_thread[2]
  __attribute__ ((__visibility__ ("hidden"),
		  __tls_model__ ("initial-exec")));

static inline unsigned long
pure_mark (void)
{
  return __pure_thread[0];
}

static inline void
pure_set_mark (unsigned long mark)
{
  __pure_thread[0] = mark;
}

static inline unsigned long
pure_frame (void)
{
  return __pure_thread[1];
}

static inline void
pure_set_frame (unsigned long frame)
{
  __pure_thread[1] = frame;
}

# endif
#endif /* !__ASSEMBLER__ */
#endif /* mark.h */
