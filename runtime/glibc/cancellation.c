/* Cancellation points.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Up to 2.40 they make the type asynchronous: those of an isolated handler don't
   (nptl/descr.h).  A type that is so already is not put back.

   From 2.41 on all go by one function, which passes six arguments whatever the
   number is.  A handler hears how many that has, here as in syscall_cancel.S.  */

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

#ifdef __SYSCALL_CANCEL7_ARG_DEF
# include <sysdep.h>
# include <pure.h>

static inline long int
stock_call (long int number, long int a1, long int a2, long int a3, long int a4,
	    long int a5, long int a6)
{
  return INTERNAL_SYSCALL_NCS_CALL (number, a1, a2, a3, a4, a5, a6);
}

# undef INTERNAL_SYSCALL_NCS_CALL
# define INTERNAL_SYSCALL_NCS_CALL(number, args...)			\
  (__glibc_unlikely (__pure_syscall != NULL)				\
   ? __pure_counted_guard (args, number) : stock_call (number, args))
#endif

#include <nptl/cancellation.c>
