/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands in memory: the statement reads and writes them, and so does the
   call that stands in for it.  */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

struct buffer
{
  char bytes[64];
  long length;
};

/* No "memory" clobber: the operands alone say what the call reads.  */

__attribute__ ((noinline)) static long
reads (void)
{
  struct buffer buffer;
  long result;
  buffer.bytes[0] = 'x';
  buffer.length = 8;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (FIRST_CALL), "D" (&buffer), "m" (buffer)
		    : "rcx", "r11");
  return result;
}

__attribute__ ((noinline)) static long
writes (void)
{
  struct buffer buffer = { "", 1 };
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result), "=m" (buffer)
		    : "0" (FIRST_CALL + 1), "D" (&buffer)
		    : "rcx", "r11");
  return result + buffer.length;
}

__attribute__ ((noinline)) static long
reads_and_writes (void)
{
  struct buffer buffer = { "", 5 };
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result), "+m" (buffer.length)
		    : "0" (FIRST_CALL + 2), "D" (&buffer)
		    : "rcx", "r11");
  return result + buffer.length;
}

/* The handler for this case: what a kernel would do with the buffer.  */

static long
buffer_call (long number, long nr, ...)
{
  __builtin_va_list list;
  __builtin_va_start (list, nr);
  struct buffer *buffer = __builtin_va_arg (list, struct buffer *);
  __builtin_va_end (list);

  check_equal (nr, 1);
  if (number == FIRST_CALL)
    return buffer->bytes[0] + buffer->length;
  if (number == FIRST_CALL + 1)
    buffer->length = 100;
  if (number == FIRST_CALL + 2)
    buffer->length *= 2;
  return 1;
}

void
test (void)
{
  if (!handled)
    return;
  __pure_syscall = buffer_call;
  check_equal (reads (), 'x' + 8);
  check_equal (writes (), 101);
  check_equal (reads_and_writes (), 11);
  __pure_syscall = recording_handler;
}
