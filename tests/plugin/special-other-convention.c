/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Where calls follow another convention throughout (-mabi=ms) a site goes by
   the thunk.  */
/* action: compile */
/* flags: -mabi=ms */
/* expect-report: {"function": "f", "kind": "thunk", "residual": "the calling convention is not System V's"} */
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
