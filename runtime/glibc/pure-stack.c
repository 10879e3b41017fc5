/* The stack that a thread has for an isolated handler: pure-stack.h.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <asm/unistd.h>
#include <sys/mman.h>
#include "pure-isolated.h"

/* CALLS is PURE_CALLS_ON_STACK or 0.  */
static void
map_stack (unsigned long calls)
{
  const unsigned long size = PURE_STACK_GUARD + PURE_STACK_SIZE;

  if (pure_word (PURE_STACK_BASE_OFFSET))
    return;
  long base = __pure_raw_gateway (__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
				    | MAP_STACK,
				  -1, 0);
  if ((unsigned long) base > -4096ul)
    return;
  pure_raw (__NR_mprotect, base, PURE_STACK_GUARD, PROT_NONE, 0);
  if (!__pure_process.confined)
    pure_raw (__NR_madvise, base, size, MADV_NOHUGEPAGE, 0);
  /* The memory is zero, and so is the first record.  */
  pure_set_word (PURE_STACK_BASE_OFFSET, base);
  pure_set_stack ((base + size - 64) | calls);
}

void
__pure_start_stack (void)
{
  if (!(__pure_process.flags & PURE_ON_PROGRAM_STACK))
    map_stack (PURE_CALLS_ON_STACK);
}

void
__pure_start_area (void)
{
  if (!__pure_process.confined)
    map_stack (0);
}
