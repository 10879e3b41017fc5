/* What streams do while they are locked: they put off asynchronous cancellation, but
   for an isolated handler's, which isn't cancelled anyway (nptl/descr.h).  To others
   the thread is then what the program has made it.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pthreadP.h"

#ifdef SHARED
# undef CANCELTYPE_BITMASK
# define CANCELTYPE_BITMASK (__pure_auditor ? 0 : 1 << CANCELTYPE_BIT)
#endif

#include <nptl/libc-cleanup.c>
