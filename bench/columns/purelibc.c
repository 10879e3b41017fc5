/* purelibc, passing every call on: preloaded after libpurelibc.so, whose
   functions stand in for those of the C library.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <unistd.h>
#include <purelibc.h>
#include <stdarg.h>

#include "probe.h"

static sfun native;

static long
pass (long number, ...)
{
  long a[6];
  va_list list;

  va_start (list, number);
  for (int i = 0; i < 6; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  PROBE_ANSWER (number);
  return native (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

__attribute__ ((constructor)) static void
install (void)
{
  native = _pure_start (pass, PUREFLAG_STDALL);
}
