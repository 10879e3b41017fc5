/* The pointer and its alias are one variable, by whichever name and way they
   are reached: linked, or looked up in the running program.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <purecc.h>
#include "check.h"

static long
answer (long number, long nr, ...)
{
  (void) nr;
  return number + 1;
}

int
main (void)
{
  __pure_syscall = answer;
  CHECK (&pure_syscall == &__pure_syscall);
  CHECK (pure_syscall == answer);
  CHECK (site0 (1) == 2);
  pure_syscall = NULL;
  CHECK (__pure_syscall == NULL);
  CHECK (pure_set_flags (0) == 0 && pure_set_flags (PURE_ON_OWN_CALLS) == 0
	 && pure_set_flags (PURE_ON_PROGRAM_STACK) == 0);
  CHECK (pure_set_flags (1u << 31) == -EINVAL);
  CHECK (pure_set_handler (answer) == NULL);
  CHECK (__pure_syscall == answer);
  CHECK (!pure_isolated ());
#ifndef STATIC
  pure_handler_t *found = dlsym (RTLD_DEFAULT, "pure_syscall");
  CHECK (found == &__pure_syscall);
  CHECK (dlsym (RTLD_DEFAULT, "__pure_syscall") == found);
#endif
  CHECK (pure_set_handler (NULL) == answer);
  CHECK (__pure_syscall == NULL);
  return 0;
}
