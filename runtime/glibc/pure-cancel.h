/* The signal that cancels a thread, where it comes right before a call that was passed
   on enters the kernel (pure-hooks-libc.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_CANCEL_H
#define PURE_CANCEL_H 1

#include <pthreadP.h>
#include <ucontext.h>
#include <abi/x86_64/offsets.h>
#include <pure.h>

_Static_assert (PURE_CANCELED == CANCELED_BITMASK, "abi's offsets.h");

/* This C library's place.  */
static inline struct pure_cancel_place
pure_cancel_place (void)
{
  extern const char __pure_gateway_cancelable[] attribute_hidden;
  extern const char __pure_cancelable_end[] attribute_hidden;
  extern const char __pure_canceled[] attribute_hidden;

  return (struct pure_cancel_place) { __pure_gateway_cancelable, __pure_cancelable_end,
				      __pure_canceled, __pure_process.cancel_places };
}

/* Let what the signal with CONTEXT has interrupted, if that is in such a place, go on as
   if it had found that the thread is to be cancelled, which it is.  It may be in that of
   a handler that is set no longer.  */
static inline void
pure_cancel_call (void *context)
{
  const struct pure_cancel_place own = pure_cancel_place ();
  greg_t *pc = &((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP];

  if ((THREAD_SELF->cancelhandling & CANCELED_BITMASK) == 0)
    return;
  for (const struct pure_cancel_place *place = &own; place; place = place->next)
    if (*pc >= (greg_t) place->start && *pc < (greg_t) place->end)
      {
	*pc = (greg_t) place->canceled;
	return;
      }
}

#endif /* pure-cancel.h */
