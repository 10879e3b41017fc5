/*
 * kit: the registers of x86-64 from which a stack is unwound.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef STACK_X86_64_H
#define STACK_X86_64_H 1

#include <ucontext.h>

/*
 * DWARF's numbers of them (psABI, 3.6.2): 3 rbx, 6 rbp, 7 rsp, 12 to 15 the
 * same, 16 the address. Those between aren't kept by functions.
 */
#define STACK_REGISTERS 17
enum { STACK_BP = 6, STACK_SP = 7, STACK_PC = 16 };

/* Set WORDS, an array of so many, to those of the function that this is in. */
#define STACK_TAKE_REGISTERS(words)                  \
	__asm__ volatile("movq %%rbx, 24(%0)\n\t"    \
			 "movq %%rbp, 48(%0)\n\t"    \
			 "movq %%rsp, 56(%0)\n\t"    \
			 "movq %%r12, 96(%0)\n\t"    \
			 "movq %%r13, 104(%0)\n\t"   \
			 "movq %%r14, 112(%0)\n\t"   \
			 "movq %%r15, 120(%0)\n\t"   \
			 "leaq 0f(%%rip), %%rax\n\t" \
			 "movq %%rax, 128(%0)\n"     \
			 "0:"                        \
			 :                           \
			 : "r"(words)                \
			 : "rax", "memory")

/* Set WORDS to those of the function that a signal has interrupted. */
static inline void stack_interrupted(unsigned long *words, const void *context)
{
	const greg_t *from = ((const ucontext_t *)context)->uc_mcontext.gregs;

	words[3] = (unsigned long)from[REG_RBX];
	words[STACK_BP] = (unsigned long)from[REG_RBP];
	words[STACK_SP] = (unsigned long)from[REG_RSP];
	words[12] = (unsigned long)from[REG_R12];
	words[13] = (unsigned long)from[REG_R13];
	words[14] = (unsigned long)from[REG_R14];
	words[15] = (unsigned long)from[REG_R15];
	words[STACK_PC] = (unsigned long)from[REG_RIP];
}

/* Call FUNCTION on the stack that begins below TOP, which is aligned to 16. */
static inline void stack_call(void (*function)(void), void *top)
{
	__asm__ volatile("movq %%rsp, %%rbx\n\t"
			 "movq %1, %%rsp\n\t"
			 "call *%0\n\t"
			 "movq %%rbx, %%rsp"
			 :
			 : "r"(function), "r"(top)
			 : "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
			   "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
			   "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
			   "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
			   "memory", "cc");
}

#endif
