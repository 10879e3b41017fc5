/* A thread that unmaps the stack that it is on.

   SPDX-License-Identifier: LGPL-2.1-or-later

   That is how some C libraries end a detached thread: munmap, then exit, in
   assembly that needs no stack (musl's __unmapself).  With a handler in
   between, both do need it.  So the first is put off: the memory is entered
   in a list, and is unmapped once the thread has ended, when the next one
   comes here.  The entry is in the memory itself, at the site's stack pointer:
   whoever unmaps his stack has no more use for what is there.  */

#include <asm/unistd.h>
#include <errno.h>
#include <stddef.h>
#include "pure.h"
#include "frame.h"

struct entry
{
  struct entry *next;
  long address;
  long length;
  long thread;
};

static struct entry *entries;

static inline long
native (long number, long a1, long a2, long a3)
{
  return __pure_raw_gateway (number, a1, a2, a3, 0, 0, 0);
}

static void
add (struct entry *entry)
{
  entry->next = __atomic_load_n (&entries, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n (&entries, &entry->next, entry, 1,
				       __ATOMIC_RELEASE, __ATOMIC_RELAXED))
    continue;
}

/* Unmap what those have left that have ended.  A thread's number may have been
   given to another since: then it takes longer.  */
static void
unmap_ended (void)
{
  struct entry *entry = __atomic_exchange_n (&entries, NULL, __ATOMIC_ACQUIRE);
  long process = native (__NR_getpid, 0, 0, 0);

  while (entry)
    {
      struct entry *next = entry->next;
      if (native (__NR_tgkill, process, entry->thread, 0) == -ESRCH)
	native (__NR_munmap, entry->address, entry->length, 0);
      else
	add (entry);
      entry = next;
    }
}

/* munmap (ADDRESS, LENGTH), which SITE, the site's stack pointer, is in.  */
long PURE_HIDDEN
__pure_unmap (unsigned long address, unsigned long length, unsigned long site)
{
  site = (site + __alignof__ (struct entry) - 1) & -__alignof__ (struct entry);
  if (address % PURE_PAGE != 0
      || site - address > length - sizeof (struct entry))
    return native (__NR_munmap, address, length, 0);
  unmap_ended ();
  struct entry *entry = (struct entry *) site;
  entry->address = address;
  entry->length = length;
  entry->thread = native (__NR_gettid, 0, 0, 0);
  add (entry);
  return 0;
}
