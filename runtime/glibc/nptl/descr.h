/* A thread's descriptor, which the C libraries of a process share: that it is to be
   cancelled is nothing to an isolated handler's.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_DESCR_H
#define PURE_DESCR_H 1

#include_next <nptl/descr.h>

/* From 2.43 on a thread that exits has no number any longer: the kernel says elsewhere
   when it has ended.  Handlers' locks would take 0 for their owner, so it has one until it
   enters the kernel (pthread_create.c, pure-special.c).  */
#ifndef IS_DETACHED
# define PURE_JOIN_STATE 1
#endif

#if IS_IN (libc) && defined SHARED
extern int __pure_auditor attribute_hidden;
# define cancel_enabled(value) (!__pure_auditor && cancel_enabled (value))
# define cancel_enabled_and_canceled(value)				\
  (!__pure_auditor && cancel_enabled_and_canceled (value))
# define cancel_enabled_and_canceled_and_async(value)			\
  (!__pure_auditor && cancel_enabled_and_canceled_and_async (value))
#endif

#endif /* descr.h */
