/* System calls of pure-start.so, and what it leaves by.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Besides the gateway this is the only place with the instruction.  No site of the
   program's comes here, and no handler is there yet.  */

#ifndef PURE_KERNEL_CALL_H
#define PURE_KERNEL_CALL_H 1

#include <asm/prctl.h>
#include <asm/unistd.h>
#include <abi/x86_64/program.h>

/* How librseq and glibc sign a registration.  */
#define RSEQ_SIGNATURE 0x53053053

static inline long
kernel_call (long number, long a, long b, long c, long d, long e, long f)
{
  long result;
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long r9 __asm__ ("r9") = f;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (number), "D" (a), "S" (b), "d" (c), "r" (r10), "r" (r8),
		      "r" (r9)
		    : "rcx", "r11", "memory");
  return result;
}

static inline char *
thread_pointer (void)
{
  char *pointer;
  __asm__ ("movq %%fs:0, %0" : "=r" (pointer));
  return pointer;
}

static inline void
clear_thread_pointer (void)
{
  kernel_call (__NR_arch_prctl, ARCH_SET_FS, 0, 0, 0, 0, 0);
}

/* Go to ENTRY as the kernel does, with STACK.  */
static inline void __attribute__ ((__noreturn__))
enter (unsigned long entry, void *stack)
{
  __asm__ volatile ("movq %0, %%rsp\n\t"
		    "xorl %%ebx, %%ebx\n\t"
		    "xorl %%edx, %%edx\n\t"
		    "xorl %%esi, %%esi\n\t"
		    "xorl %%edi, %%edi\n\t"
		    "xorl %%ebp, %%ebp\n\t"
		    "jmp *%1"
		    :
		    : "c" (stack), "a" (entry)
		    : "memory");
  __builtin_unreachable ();
}

#endif /* kernel-call.h */
