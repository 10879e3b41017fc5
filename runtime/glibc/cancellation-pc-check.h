/* Is a thread to be cancelled where the signal for that has come?  In a call that a
   handler of the program's namespace has passed on, it is when the call is through.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_CANCELLATION_PC_CHECK_H
#define PURE_CANCELLATION_PC_CHECK_H 1

#define cancellation_pc_check stock_cancellation_pc_check
#include_next <cancellation-pc-check.h>
#undef cancellation_pc_check

#include <pure-cancel.h>

static __always_inline bool
cancellation_pc_check (void *ctx)
{
  pure_cancel_call (ctx);
  return stock_cancellation_pc_check (ctx);
}

#endif /* cancellation-pc-check.h */
