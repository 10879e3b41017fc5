/* Cancellation points: those of an isolated handler are none, for the threads are
   the program's.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pthreadP.h"
#include <pure.h>

#ifdef SHARED
/* Up to 2.40.  That the type is asynchronous already means that there is nothing to
   put back.  */
# define __pthread_enable_asynccancel(arguments)			\
  __pthread_enable_asynccancel (arguments)				\
  {									\
    extern int __pure_stock_enable (arguments) attribute_hidden;	\
    return __pure_auditor ? CANCELTYPE_BITMASK : __pure_stock_enable ();	\
  }									\
  int attribute_hidden							\
  __pure_stock_enable (arguments)

/* From 2.41 on.  */
# define cancel_enabled(value) (!__pure_auditor && cancel_enabled (value))
#endif

#include <nptl/cancellation.c>
