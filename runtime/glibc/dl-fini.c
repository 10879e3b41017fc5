/* The end of the objects of a process: those of an isolated handler's namespace are
   left out, for the program has calls to make yet.  pure-end.c ends them.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <ldsodefs.h>

#ifdef SHARED
# include <pure.h>

/* An address in the namespace that is being ended by itself.  */
static const void *ending;

/* Do objects of namespace NS not end now?  */
static int
left_out_p (Lmid_t ns)
{
  const void *address = ending;

  if (address == NULL && __pure_process.start_thread != NULL
      && __pure_process.isolated.handler
	 == __atomic_load_n (pure_process_pointer (), __ATOMIC_RELAXED))
    address = (const void *) __pure_process.isolated.handler;
  if (address == NULL)
    return 0;
  struct link_map *owner = _dl_find_dso_for_object ((ElfW(Addr)) address);
  int owned = owner != NULL && owner->l_ns == ns;
  return ending != NULL ? !owned : owned;
}

/* Neither of the values that it is compared with, for those that are left out.  */
# define l_auditing l_auditing + 2 * left_out_p (ns)
#endif

#include <elf/dl-fini.c>

#ifdef SHARED
# undef l_auditing

void attribute_hidden
__pure_end_namespace (const void *address)
{
  ending = address;
  _dl_fini ();
}
#endif
