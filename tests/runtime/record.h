/* A handler that keeps what it is called with, and gives the answer that it is
   to give.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RECORD_H
#define RECORD_H 1

#include <stdarg.h>

static long seen_number, seen_nr, seen[6], answer;

static long
record (long number, long nr, ...)
{
  va_list list;
  va_start (list, nr);
  seen_number = number;
  seen_nr = nr;
  for (int i = 0; i < nr; i++)
    seen[i] = va_arg (list, long);
  va_end (list);
  return answer;
}

#endif /* record.h */
