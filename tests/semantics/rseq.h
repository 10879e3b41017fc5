/* Restartable sequences: what the kernel keeps of a thread.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RSEQ_H
#define RSEQ_H 1

#include <dlfcn.h>
#include <stddef.h>

/* The number of the CPU that this thread is on, where libc has told the kernel
   to keep it; -2 where the kernel has refused.  */
static inline int
rseq_cpu (void)
{
  const ptrdiff_t *offset
    = (const ptrdiff_t *) dlsym (RTLD_DEFAULT, "__rseq_offset");
  char *thread;
  __asm__ ("movq %%fs:0, %0" : "=r" (thread));
  return offset ? ((int *) (thread + *offset))[1] : -2;
}

#endif /* rseq.h */
