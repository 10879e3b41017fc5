/* The destructors of thread-local objects.  While one is registered, glibc's own keeps
   the object's library from being closed by ld.so's lock.  Another thread of the
   program's may hold that, and wait for this one: one that runs a constructor.  So an
   isolated handler's C library does without; it is for the handler to close no library
   of which it runs a function.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <ldsodefs.h>

#ifdef SHARED
extern int __pure_auditor attribute_hidden;

static void
lock_loader (void)
{
  if (!__pure_auditor)
    __rtld_lock_lock_recursive (GL (dl_load_lock));
}

static void
unlock_loader (void)
{
  if (!__pure_auditor)
    __rtld_lock_unlock_recursive (GL (dl_load_lock));
}

/* The lists that are searched otherwise are the lock's.  */
static struct link_map *
owner_of (uintptr_t address)
{
  struct dl_find_object found;

  if (!__pure_auditor)
    return _dl_find_dso_for_object (address);
  return (GLRO (dl_find_object) ((void *) address, &found) == 0
	  ? found.dlfo_link_map : NULL);
}

# undef __rtld_lock_lock_recursive
# undef __rtld_lock_unlock_recursive
# define __rtld_lock_lock_recursive(lock) lock_loader ()
# define __rtld_lock_unlock_recursive(lock) unlock_loader ()
# define _dl_find_dso_for_object(address) owner_of (address)
#endif

#include <stdlib/cxa_thread_atexit_impl.c>
