/* dlclose, which refuses to take a handler's code away while it is set.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <dlfcn.h>
#include <libintl.h>
#include <stdbool.h>
#include <ldsodefs.h>
#include <pure.h>

#ifdef SHARED
/* Would closing MAP take away the library that the handler is in?  If it is MAP
   itself, yes; another may be needed by MAP only, and then stays from now on.
   A handler that is set while its library is being closed comes too late.  */
static bool
holds_handler (struct link_map *map)
{
  bool held = false;
  __rtld_lock_lock_recursive (GL(dl_load_lock));
  pure_handler_t handler
    = __atomic_load_n (pure_process_pointer (), __ATOMIC_RELAXED);
  struct link_map *owner
    = handler ? _dl_find_dso_for_object ((ElfW(Addr)) handler) : NULL;
  if (owner != NULL && owner->l_type == lt_loaded
      && !owner->l_nodelete_active)
    {
      if (owner != map)
	owner->l_nodelete_active = true;
      else
	held = map->l_direct_opencount == 1;
    }
  __rtld_lock_unlock_recursive (GL(dl_load_lock));
  return held;
}
#endif

static void
pure_dl_close (void *map)
{
#ifdef SHARED
  if (holds_handler (map))
    _dl_signal_error (0, ((struct link_map *) map)->l_name, NULL,
		      N_("the system call handler in it is set"));
#endif
  GLRO(dl_close) (map);
}

#undef _dlerror_run
#define _dlerror_run(operate, args) (_dlerror_run) (pure_dl_close, args)
#include <dlfcn/dlclose.c>
