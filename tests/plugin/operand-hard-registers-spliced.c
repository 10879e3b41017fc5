/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A site with hard register constraints has its guard in its own statement, as one
   with letters does.  */
/* needs: -fdiagnostics-show-context */
/* action: compile */
/* flags: -O2 -fPIC */
/* variants: -Wall */
/* plugin: mode=inline */
/* expect-report: {"function": "call", "nargs": 4, "kind": "guarded"} */
/* expect-report: {"function": "rcx", "kind": "thunk", "residual": "an output is in a register that the call gives no known value"} */
/* expect-report: {"function": "either", "kind": "thunk", "residual": "an operand can be in more than one place"} */
/* expect-asm: jmp.*__pure_site@GOTPCREL */
/* reject-asm: __pure_guard */

long
call (long a, long b, long c, long d)
{
  register long rdx __asm__ ("rdx") = c;
  __asm__ volatile ("syscall"
		    : "+&{rdi}" (a), "={rax}" (b)
		    : "1" (39L), "{rsi}" (b), "r" (rdx), "{r10}" (d)
		    : "rcx", "r11");
  return a + b;
}

long
rcx (long n)
{
  long address;
  __asm__ volatile ("syscall"
		    : "+{rax}" (n), "={rcx}" (address)
		    :
		    : "r11", "memory");
  return address;
}

long
either (long n, long a)
{
  __asm__ volatile ("syscall"
		    : "+a,a" (n)
		    : "{r10},{r8}" (a)
		    : "rcx", "r11", "memory");
  return n;
}
