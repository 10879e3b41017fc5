/* The end of the objects of a process: those of isolated handlers' namespaces are
   left out, for the program has calls to make yet.  pure-end.c ends them.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <ldsodefs.h>

#ifdef SHARED
# include <pure.h>

/* An address in the namespace that is being ended by itself.  */
static const void *ending;

/* Is ADDRESS in an object of namespace NS?  */
static int
in_namespace_p (const void *address, Lmid_t ns)
{
  struct link_map *owner = _dl_find_dso_for_object ((ElfW(Addr)) address);

  return owner != NULL && owner->l_ns == ns;
}

/* Do objects of namespace NS not end now?  */
static int
left_out_p (Lmid_t ns)
{
  const struct pure_isolated *isolated = &__pure_process.isolated;

  if (ending != NULL)
    return !in_namespace_p (ending, ns);
  if (__pure_process.start_thread == NULL
      || isolated->handler
	 != __atomic_load_n (pure_process_pointer (), __ATOMIC_RELAXED))
    return 0;
  for (; !pure_none_p (isolated); isolated = isolated->level->next)
    if (in_namespace_p ((const void *) isolated->handler, ns))
      return 1;
  return 0;
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
