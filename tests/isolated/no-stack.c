/* A handler that needs no stack of its own: what it passes on takes as little of the
   program's, also by way of the thunk, as with one that has one.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>

PURE_HANDLER_FLAGS ((pure_handler_t) (void (*) (void)) pure_pass, pure_no_init,
		    PURE_ON_PROGRAM_STACK);
