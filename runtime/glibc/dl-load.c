/* glibc's own loading of objects, but for those that it comes with itself.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Programs name the system's C library by its file (ctypes, dlopen of what
   /proc/self/maps says).  Another C library than the one that is loaded can't be in a
   namespace with it, so that file is the one of the same name that the pure glibc has,
   for each that it has.  */

#include <ldsodefs.h>

#if IS_IN (rtld)
extern __typeof (_dl_map_object) __stock_map_object attribute_hidden;
# define _dl_map_object __stock_map_object
#endif
#include <elf/dl-load.c>

#if IS_IN (rtld)
# undef _dl_map_object
# include <asm/unistd.h>
# include <pure.h>

/* Is NAME a file in one of the system's library directories?  Returns its name there,
   or NULL.  */
static const char *
name_in_system (const char *name)
{
  static const char directories[][32]
    = { "/lib64/", "/usr/lib64/", "/lib/x86_64-linux-gnu/",
	"/usr/lib/x86_64-linux-gnu/" };

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
      if (__pure_raw_gateway (__NR_access, (long) file, R_OK, 0, 0, 0, 0) == 0)
	return true;
      directory += length;
    }
  return false;
}

struct link_map *
_dl_map_object (struct link_map *loader, const char *name, int type, int trace_mode,
		int mode, Lmid_t nsid)
{
  const char *base = __pure_process.start != NULL ? name_in_system (name) : NULL;

  if (base != NULL)
    {
      char *file = alloca (strlen (__pure_process.start->libraries)
			   + strlen (base) + 2);
      if (find_own (base, file))
	return __stock_map_object (loader, file, type, trace_mode, mode, nsid);
    }
  return __stock_map_object (loader, name, type, trace_mode, mode, nsid);
}
#endif
