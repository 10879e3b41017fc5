/* Descriptors that go through an exec.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_KEEP_H
#define PURE_KEEP_H 1

#include "pure-isolated.h"

/* Those that handlers keep aren't closed by the next exec, if PASS; else they are,
   again.  */
void __pure_let_pass (int pass) PURE_HIDDEN;

#endif /* pure-keep.h */
