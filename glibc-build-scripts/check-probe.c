/* SPDX-License-Identifier: GPL-3.0-or-later

   Does a program start with a handler?  Exit status: 0 it does, 1 it
   doesn't.  */

extern long (*__pure_syscall) (long number, long nr, ...);

int
main (void)
{
  return __pure_syscall == 0;
}
