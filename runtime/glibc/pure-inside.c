/* Threads that leave an isolated handler (pure-inside.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <asm/unistd.h>
#include <signal.h>
#include "pure.h"

void
__pure_release_signals (void)
{
  unsigned long mask = pure_word (PURE_HELD_MASK_OFFSET);

  /* All are blocked until the kernel has the mask.  */
  pure_set_word (PURE_HELD_OFFSET, 0);
  __pure_raw_gateway (__NR_rt_sigprocmask, SIG_SETMASK, (long) &mask, 0,
		      sizeof mask, 0, 0);
}

void
__pure_hold_signals (void)
{
  const unsigned long all = -1ul;
  unsigned long mask;

  __pure_raw_gateway (__NR_rt_sigprocmask, SIG_SETMASK, (long) &all, (long) &mask,
		      sizeof mask, 0, 0);
  /* One that came before, and is held, has the mask.  */
  if (pure_word (PURE_HELD_OFFSET))
    return;
  pure_set_word (PURE_HELD_MASK_OFFSET, mask);
  pure_set_word (PURE_HELD_OFFSET, 1);
}

#if !IS_IN (rtld)
void *__pure_ending;

void
__pure_wait_for_end (void)
{
  if (__atomic_load_n (&__pure_ending, __ATOMIC_RELAXED)
      == pure_thread_pointer ())
    return;
  pure_set_inside (PURE_INSIDE_WAITING);
  for (;;)
    __pure_raw_gateway (__NR_pause, 0, 0, 0, 0, 0, 0);
}
#endif
