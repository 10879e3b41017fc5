/* A handler that uses all of the stack that is promised to it, and passes on.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <string.h>
#include <purecc.h>

/* 256 KiB, but for the frames of functions.  */
enum { SIZE = 256 * 1024 - 512 };

static long
deep (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  char used[SIZE];

  memset (used, number, sizeof used);
  __asm__ volatile ("" : : "r" (used) : "memory");
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER ((pure_handler_t) (void (*) (void)) deep);
