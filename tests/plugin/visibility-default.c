/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* visibility=default, whatever visibility the source or the command line asks
   for: in code for a shared object the pointer is found through the GOT.  */
/* variants: -O2 -fPIC -fvisibility=hidden | -O2 -fPIC */
/* plugin: visibility=default mode=inline */
/* expect-asm: __pure_syscall@GOTPCREL */
/* action: compile */
#pragma GCC visibility push(hidden)
extern long
site (long a)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (39), "D" (a)
		    : "rcx", "r11", "memory");
  return result;
}
