/* A handler that passes each call on, and announces it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "announce.h"

static long
pass (long number, long nr, long a, long b, long c, long d, long e, long f)
{
  announce (number, nr);
  return pure_pass (number, nr, a, b, c, d, e, f);
}

PURE_HANDLER ((pure_handler_t) (void (*) (void)) pass);
