/* How many of a system call's six arguments it has no use for: what tells a handler
   how many there are, where a site passes all six to any call.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pure.h"
#include "counts.h"

#define COUNT(number, name, arguments) [number] = PURE_MAX_ARGS - arguments,

/* 0 for what isn't known.  */
const unsigned char __pure_unused[PURE_COUNTED] PURE_HIDDEN = {
#include "call-counts.h"
};
