/* Cancellation points up to 2.40, which make the type asynchronous: those of an
   isolated handler don't (nptl/descr.h).  A type that is so already is not put back.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pthreadP.h"

#ifdef SHARED
# define __pthread_enable_asynccancel(arguments)			\
  __pthread_enable_asynccancel (arguments)				\
  {									\
    extern int __pure_stock_enable (arguments) attribute_hidden;	\
    return __pure_auditor ? CANCELTYPE_BITMASK : __pure_stock_enable ();	\
  }									\
  int attribute_hidden							\
  __pure_stock_enable (arguments)
#endif

#include <nptl/cancellation.c>
