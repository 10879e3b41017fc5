/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A naked function, which is nothing but assembler text.  */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "naked_basic", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "naked_extended", "kind": "thunk", "residual": "the function is naked"} */
#include "testing.h"

__attribute__ ((naked, noinline)) static long
naked_basic (long n __attribute__ ((unused)), long a __attribute__ ((unused)))
{
  __asm__ ("movq %rdi, %rax\n\t"
	   "movq %rsi, %rdi\n\t"
	   "syscall\n\t"
	   "ret");
}

__attribute__ ((naked, noinline)) static void
naked_extended (void)
{
  register long rdi __asm__ ("rdi");
  register long rax __asm__ ("rax");
  __asm__ volatile ("movl %0, %%eax; xorl %%edi, %%edi" : : "i" (FIRST_CALL));
  __asm__ volatile ("syscall" : "=r" (rax) : "0" (rax), "r" (rdi));
  __asm__ volatile ("ret");
}

void
test (void)
{
  answer = 5;
  check_equal (naked_basic (FIRST_CALL, 7), 5);
  check_thunked_call (FIRST_CALL, 1, 7L);
  naked_extended ();
  check_thunked_call (FIRST_CALL, 1, 0L);
}
