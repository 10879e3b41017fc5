/* Where a thread's mark and frame (mark.h) are in libpurecc.

   SPDX-License-Identifier: LGPL-2.1-or-later

   In a thread-local variable in the static TLS block.  */

#ifndef PURE_THREAD_H
#define PURE_THREAD_H 1

#include <abi/x86_64/offsets.h>

#ifdef __ASSEMBLER__

/* As operands, after LOAD_THREAD: their address is in r11, which the kernel
   destroys.  */
# define LOAD_THREAD movq __pure_thread@GOTTPOFF(%rip), %r11
# define MARK %fs:PURE_THREAD_MARK(%r11)
# define FRAME %fs:PURE_THREAD_FRAME(%r11)

#else /* !__ASSEMBLER__ */

/* The mark, and the frame.  */
extern __thread volatile unsigned long __pure_thread[2]
  __attribute__ ((__visibility__ ("hidden"),
		  __tls_model__ ("initial-exec")));

static inline unsigned long
pure_mark (void)
{
  return __pure_thread[PURE_THREAD_MARK / sizeof *__pure_thread];
}

static inline void
pure_set_mark (unsigned long mark)
{
  __pure_thread[PURE_THREAD_MARK / sizeof *__pure_thread] = mark;
}

static inline unsigned long
pure_frame (void)
{
  return __pure_thread[PURE_THREAD_FRAME / sizeof *__pure_thread];
}

static inline void
pure_set_frame (unsigned long frame)
{
  __pure_thread[PURE_THREAD_FRAME / sizeof *__pure_thread] = frame;
}

#endif /* !__ASSEMBLER__ */
#endif /* pure-thread.h */
