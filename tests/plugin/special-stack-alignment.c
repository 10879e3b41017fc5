/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Where the stack isn't kept aligned to 16 bytes no C function may be called: a
   site goes by the thunk.  */
/* action: compile */
/* flags: -mpreferred-stack-boundary=3 -mno-sse */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "f", "kind": "thunk", "residual": "the stack is not kept aligned to 16 bytes"} */
long
f (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (39L), "D" (a)
		    : "rcx", "r11", "memory");
  return result;
}
