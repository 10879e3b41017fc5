/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* visibility=hidden: the pointer is addressed directly, also in position
   independent code.  */
/* variants: -O2 -fPIC | -O2 -fPIE | -O0 -fPIC */
/* plugin: visibility=hidden mode=inline | visibility=hidden mode=inline pointer=own_pointer */
/* expect-asm: ^.cmpq	\$0, [a-z_]+\(%rip\) */
/* expect-asm: \.hidden	[a-z_]*(syscall|pointer) */
/* reject-asm: (syscall|pointer)@GOT */
/* action: compile */
long
site (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (39), "D" (a)
		    : "rcx", "r11", "memory");
  return result;
}
