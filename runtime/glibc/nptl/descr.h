/* A thread's descriptor, which the C libraries of a process share: that it is to be
   cancelled is nothing to an isolated handler's.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_DESCR_H
#define PURE_DESCR_H 1

#include_next <nptl/descr.h>

#if IS_IN (libc) && defined SHARED
extern int __pure_auditor attribute_hidden;
# define cancel_enabled(value) (!__pure_auditor && cancel_enabled (value))
# define cancel_enabled_and_canceled(value)				\
  (!__pure_auditor && cancel_enabled_and_canceled (value))
# define cancel_enabled_and_canceled_and_async(value)			\
  (!__pure_auditor && cancel_enabled_and_canceled_and_async (value))
#endif

#endif /* descr.h */
