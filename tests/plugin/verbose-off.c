/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With `verbose' and mode=off the notes say what was found.  */
/* action: compile */
/* plugin: verbose mode=off */
/* expect-note: note: purecc: getpid with 0 arguments found */
/* expect-note: note: purecc: write is residual: the template has other instructions */
long
f (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (39L) : "rcx", "r11");
  __asm__ volatile ("nop; syscall" : "=a" (result) : "0" (1L) : "rcx", "r11");
  return result;
}
