/* A program with system calls of its own.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <asm/unistd.h>
#include <stddef.h>

extern void watch_start (void);
extern int watch_end (void);

static long
call3 (long number, long a, long b, long c)
{
  long result;
  asm volatile ("syscall"
		: "=a" (result)
		: "a" (number), "D" (a), "S" (b), "d" (c)
		: "rcx", "r11", "memory");
  return result;
}

static long
call6 (long number, long a, long b, long c, long d, long e, long f)
{
  register long r10 asm ("r10") = d;
  register long r8 asm ("r8") = e;
  register long r9 asm ("r9") = f;
  long result;
  asm volatile ("syscall"
		: "=a" (result)
		: "a" (number), "D" (a), "S" (b), "d" (c), "r" (r10),
		  "r" (r8), "r" (r9)
		: "rcx", "r11", "memory");
  return result;
}

static void
say (const char *text)
{
  size_t n = 0;
  while (text[n])
    n++;
  call3 (__NR_write, 1, (long) text, n);
}

int
main (void)
{
  watch_start ();
  say ("hello from a system call of my own\n");

  /* An anonymous private page, readable and writable.  */
  long page = call6 (__NR_mmap, 0, 4096, 3, 0x22, -1, 0);
  if (page < 0)
    return 2;
  *(char *) page = 'x';

  /* The handler refuses this one: EPERM is 1.  */
  if (call3 (__NR_unlink, (long) "/tmp/greet-was-here", 0, 0) == -1)
    say ("unlink was refused\n");
  return watch_end ();
}
