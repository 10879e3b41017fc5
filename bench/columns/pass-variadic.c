/* A handler that passes every call on, written as the draft's ABI says it: a
   variadic function.  (handlers/pass.c is pure_pass.)

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <stdarg.h>

#include "probe.h"

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;

  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  PROBE_ANSWER (number);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

PURE_HANDLER (pass);
