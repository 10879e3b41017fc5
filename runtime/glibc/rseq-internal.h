/* A thread's registration for restartable sequences: one that a handler refuses
   is one that the kernel doesn't have, and no reason to end the process.  If
   the handler has gone since, the kernel is asked.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep-vdso.h>

#define rseq_register_current_thread stock_rseq_register_current_thread
#include <sysdeps/unix/sysv/linux/rseq-internal.h>
#undef rseq_register_current_thread

#ifndef PURE_RSEQ_INTERNAL_H
#define PURE_RSEQ_INTERNAL_H 1

static inline bool
rseq_register_current_thread (struct pthread *self, bool do_rseq)
{
  return stock_rseq_register_current_thread (self, do_rseq)
	 || (do_rseq
	     && (__pure_active ()
		 || stock_rseq_register_current_thread (self, do_rseq)));
}

#endif /* rseq-internal.h */
