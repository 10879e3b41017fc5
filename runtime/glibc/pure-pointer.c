/* SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <pointer.c>

/* It isn't in syscall.S, which a static program would then have for its guards: a
   program may have a function syscall of its own.  */
void *PURE_TESTED_SYMBOL PURE_HIDDEN = &__pure_syscall;
