/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With `verbose' there is a note at each site, with what it is and what becomes
   of it.  */
/* action: compile */
/* plugin: verbose */
/* expect-note: verbose.c:14:3: note: purecc: getpid with 0 arguments guarded */
/* expect-note: verbose.c:22:3: note: purecc: a call whose number isn't known here with 1 arguments guarded */
/* expect-note: verbose.c:33:3: note: purecc: write goes by the thunk: the template has other instructions */

long
constant (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (39L) : "rcx", "r11");
  return result;
}

long
variable (long n)
{
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (n), "D" (1L)
		    : "rcx", "r11");
  return result;
}

long
other (void)
{
  long result;
  __asm__ volatile ("nop; syscall" : "=a" (result) : "0" (1L) : "rcx", "r11");
  return result;
}
