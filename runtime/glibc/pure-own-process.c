/* Which process is this?

   SPDX-License-Identifier: LGPL-2.1-or-later

   The child of vfork runs in its parent's memory: what it does to itself must not be
   noted there.  A child with memory of its own, on the other hand, may have come
   about in any way.  A page that the kernel wipes for such a child (madvise(2),
   MADV_WIPEONFORK) tells one from the other.  */

#include <asm/unistd.h>
#include <sys/mman.h>
#include "pure-isolated.h"

static long *wiped;

/* The process that this memory is of.  */
static long
owner (void)
{
  long pid;

  if (!wiped)
    return pure_raw (__NR_getpid, 0, 0, 0, 0);
  pid = __atomic_load_n (wiped, __ATOMIC_RELAXED);
  if (!pid)
    {
      pid = pure_raw (__NR_getpid, 0, 0, 0, 0);
      __pure_signals_after_fork ();
      __atomic_store_n (wiped, pid, __ATOMIC_RELAXED);
    }
  return pid;
}

int
__pure_own_process_p (long pid)
{
  return pid == owner () && __pure_in_own_process_p ();
}

int
__pure_in_own_process_p (void)
{
  return owner () == pure_raw (__NR_getpid, 0, 0, 0, 0);
}

void
__pure_start_process (void)
{
  void *page = __mmap (NULL, PURE_PAGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page != MAP_FAILED && __madvise (page, PURE_PAGE, MADV_WIPEONFORK) == 0)
    {
      wiped = page;
      __pure_note_process ();
    }
}

void
__pure_note_process (void)
{
  owner ();
}
