/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With -w there is no warning of a site that stays native.  The report has it all
   the same, and so have the notes that `verbose' asks for.  */
/* action: compile */
/* flags: -w */
/* variants: -O0 | -O2 */
/* plugin: residual=warn verbose | residual=warn verbose mode=call */
/* expect-note: note: purecc: a 'syscall' in */
/* expect-note: stays native: the template has other instructions */
/* expect-note: stays native: the statement stands outside of any function */
/* expect-report: {"function": "f", "kind": "native", "residual": "the template has other instructions"} */
/* expect-report: {"function": null, "kind": "native", "residual": "the statement stands outside of any function"} */
long
f (long a)
{
  long result;
  __asm__ volatile ("nop; syscall"
		    : "=a" (result)
		    : "0" (39L), "D" (a)
		    : "rcx", "r11", "memory");
  return result;
}

__asm__ (".globl g; g: movl $39, %eax; syscall; ret");
