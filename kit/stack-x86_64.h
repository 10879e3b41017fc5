/*
 * kit: the registers of x86-64 from which a stack is unwound.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef STACK_X86_64_H
#define STACK_X86_64_H 1

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

#endif
