/* glibc's own loading of objects, but for those that it comes with itself: they are the
   pure glibc's, whatever directories are searched.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Programs name the system's C library by its file, too (ctypes, dlopen of what
   /proc/self/maps says).  Another C library than the one that is loaded can't be in a
   namespace with it, so each file in a directory of the system's that the pure glibc
   has, too, is that.  */

#include <ldsodefs.h>

#if IS_IN (rtld)
extern __typeof (_dl_map_object) __stock_map_object attribute_hidden;
extern __typeof (_dl_init_paths) __stock_init_paths attribute_hidden;
# define _dl_map_object __stock_map_object
# define _dl_map_new_object __stock_map_new_object
# define _dl_init_paths __stock_init_paths
#endif
#include <elf/dl-load.c>

#if IS_IN (rtld)
# undef _dl_map_object
# undef _dl_map_new_object
# undef _dl_init_paths
# include <abi/x86_64/program.h>
# include <pure.h>
# include "pure-start.h"
# include <unistd.h>

/* What NAME is called in the directory where it is, if that is one of the system's or
   any that is searched; else NULL.  */
static const char *
system_name (const char *name)
{
  static const char directories[][32]
    = { "/lib64/", "/usr/lib64/", "/lib/x86_64-linux-gnu/",
	"/usr/lib/x86_64-linux-gnu/" };

  if (strchr (name, '/') == NULL)
    return name;
  for (size_t i = 0; i < array_length (directories); i++)
    {
      const size_t length = strlen (directories[i]);
      if (strncmp (name, directories[i], length) == 0
	  && strchr (name + length, '/') == NULL)
	return name + length;
    }
  return NULL;
}

/* Put the name of the pure glibc's file BASE to FILE, which has room for it.  Returns
   whether there is one.  */
static bool
find_own (const char *base, char *file)
{
  const char *directory = __pure_process.start->libraries;

  for (; *directory != '\0'; directory += strspn (directory, ":"))
    {
      const size_t length = strcspn (directory, ":");
      char *end = __mempcpy (file, directory, length);
      *end++ = '/';
      strcpy (end, base);
      if (__access (file, R_OK) == 0)
	return true;
      directory += length;
    }
  return false;
}

/* Is an object of that name there already?  */
static bool
loaded_p (const char *name, Lmid_t nsid)
{
  for (struct link_map *l = GL (dl_ns)[nsid]._ns_loaded; l != NULL; l = l->l_next)
    if (_dl_name_match_p (name, l))
      return true;
  return false;
}

struct link_map *
_dl_map_object (struct link_map *loader, const char *name, int type, int trace_mode,
		int mode, Lmid_t nsid)
{
  const struct pure_start *start = __pure_process.start;
  const char *base = start != NULL ? system_name (name) : NULL, *file = NULL;

  if (base != NULL && !loaded_p (name, nsid))
    {
      char *own = alloca (strlen (start->libraries) + strlen (base) + 2);
      /* It is there, in all namespaces.  */
      if (start->loader != NULL && strcmp (base, PURE_LOADER_NAME) == 0)
	file = start->loader;
      else if (find_own (base, own))
	file = own;
    }
  if (file == NULL)
    return __stock_map_object (loader, name, type, trace_mode, mode, nsid);
  struct link_map *map = __stock_map_object (loader, file, type, trace_mode, mode,
					     nsid);
  /* Those who need it know it by this.  */
  if (!_dl_name_match_p (name, map))
    add_name_to_object (map, name);
  return map;
}

/* By dlopen, in newer versions; the object isn't there yet.  */
extern __typeof (_dl_map_object) _dl_map_new_object attribute_hidden;

struct link_map *
_dl_map_new_object (struct link_map *loader, const char *name, int type, int trace_mode,
		    int mode, Lmid_t nsid)
{
  return _dl_map_object (loader, name, type, trace_mode, mode, nsid);
}

/* The program's file is known, and no other is loaded yet.  */
void
_dl_init_paths (const char *libraries, const char *source, const char *prepended,
		const char *mask)
{
  __pure_start_in_root ();
  __stock_init_paths (libraries, source, prepended, mask);
}
#endif
