/* What the C library instances of a process share; in ld.so.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pure-build.h"
#include "pure.h"

struct pure_process __pure_process;
