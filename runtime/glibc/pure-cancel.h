/* The signal that cancels a thread, where it comes right before a call that was passed
   on enters the kernel (pure-hooks-libc.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_CANCEL_H
#define PURE_CANCEL_H 1

#include <pthreadP.h>
#include <ucontext.h>
#include <abi/x86_64/offsets.h>

_Static_assert (PURE_CANCELED == CANCELED_BITMASK, "abi's offsets.h");

/* Let what the signal with CONTEXT has interrupted, if that is there, go on as if it
   had found that the thread is to be cancelled, which it is.  */
static inline void
pure_cancel_call (void *context)
{
  extern const char __pure_gateway_cancelable[] attribute_hidden;
  extern const char __pure_cancelable_end[] attribute_hidden;
  extern const char __pure_canceled[] attribute_hidden;
  const unsigned long start = (unsigned long) __pure_gateway_cancelable;
  const unsigned long end = (unsigned long) __pure_cancelable_end;
  greg_t *pc = &((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP];

  if ((THREAD_SELF->cancelhandling & CANCELED_BITMASK) != 0
      && (unsigned long) *pc - start < end - start)
    *pc = (greg_t) __pure_canceled;
}

#endif /* pure-cancel.h */
