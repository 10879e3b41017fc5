/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands in memory whose address GCC doesn't know to be passed: the call that
   stands for the statement reads and writes them, in `call' mode too, where the
   statement itself is gone.  */
/* variants: -O0 | -O1 | -O2 | -O3 | -Os */
#include "testing.h"

static const volatile unsigned long digits[16]
  = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

/* P's value, by way of a table: GCC can't tell that it is P's.  */

static inline __attribute__ ((always_inline)) long
conceal (const void *p)
{
  unsigned long result = 0;
  for (int i = 60; i >= 0; i -= 4)
    result = result << 4 | digits[(unsigned long) p >> i & 15];
  return result;
}

__attribute__ ((noinline)) static long
reads (long a)
{
  long word = a, result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (conceal (&word)), "m" (word)
		    : "rcx", "r11");
  return result;
}

__attribute__ ((noinline)) static long
writes (long a)
{
  long word = a, result;
  __asm__ volatile ("syscall"
		    : "=a" (result), "=m" (word)
		    : "0" (FIRST_CALL + 1), "D" (conceal (&word))
		    : "rcx", "r11");
  return result + word;
}

__attribute__ ((noinline)) static long
reads_and_writes (long a)
{
  long word = a, result;
  __asm__ volatile ("syscall"
		    : "=a" (result), "+m" (word)
		    : "0" (FIRST_CALL + 2), "D" (conceal (&word))
		    : "rcx", "r11");
  return result + word;
}

/* What is written is read by the next.  */

__attribute__ ((noinline)) static long
writes_for_the_next (long a)
{
  long word = a, result;
  __asm__ volatile ("syscall"
		    : "=a" (result), "=m" (word)
		    : "0" (FIRST_CALL + 1), "D" (conceal (&word))
		    : "rcx", "r11");
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (conceal (&word)), "m" (word)
		    : "rcx", "r11");
  return result;
}

/* The handler for this case: what a kernel would do with the word.  */

static long
word_call (long number, long nr, ...)
{
  __builtin_va_list list;
  __builtin_va_start (list, nr);
  long *word = __builtin_va_arg (list, long *);
  __builtin_va_end (list);

  check_equal (nr, 1);
  if (number == FIRST_CALL)
    return *word;
  if (number == FIRST_CALL + 1)
    *word = 100;
  if (number == FIRST_CALL + 2)
    *word *= 2;
  return 1;
}

void
test (void)
{
  if (!handled)
    return;
  __pure_syscall = word_call;
  check_equal (reads (7), 7);
  check_equal (writes (8), 101);
  check_equal (reads_and_writes (9), 19);
  check_equal (writes_for_the_next (10), 100);
  __pure_syscall = recording_handler;
}
