/* An isolated handler that passes some calls on and then, in one of them, takes itself
   out: that call still comes back, and all others go to the kernel.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <errno.h>
#include <purecc.h>

static int calls;

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  long result = pure_pass (number, nr, a1, a2, a3, a4, a5, a6);

  if (__atomic_add_fetch (&calls, 1, __ATOMIC_RELAXED) == 60)
    pure_set_handler (NULL);
  errno = EDOM;
  return result;
}

PURE_HANDLER ((pure_handler_t) (void (*) (void)) handler);
