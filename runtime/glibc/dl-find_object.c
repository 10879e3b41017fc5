/* Where the objects are, for unwinders.  What auditors' namespaces have got by dlmopen
   and dlopen has been entered before the tables are made, in one of two by turns.
   glibc's own writes over the first of these and replaces it by an empty one, so that
   after an even number of entries (a second handler, one that loads a library as it
   starts) no unwinder knows a handler's objects any more.  Nor does one when the program
   has all memory freed (mtrace, valgrind): an isolated handler still needs them.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#define _dl_find_object_init __stock_dl_find_object_init
#define _dl_find_object_freeres __stock_dl_find_object_freeres
#include <elf/dl-find_object.c>
#undef _dl_find_object_init
#undef _dl_find_object_freeres
#include <pure.h>

extern void _dl_find_object_init (void) attribute_hidden;
extern void _dl_find_object_freeres (void) attribute_hidden;

void
_dl_find_object_init (void)
{
  struct dlfo_mappings_segment *entered = _dlfo_loaded_mappings[0];

  _dlfo_loaded_mappings[0] = NULL;
#ifdef SHARED
  /* A handler is called for the memory that the tables take.  */
  GLRO (dl_find_object) = &_dl_find_object_slow;
#endif
  __stock_dl_find_object_init ();
  if (entered != NULL)
    _dlfo_loaded_mappings[0] = entered;
#ifdef SHARED
  GLRO (dl_find_object) = &_dl_find_object;
#endif
}

void
_dl_find_object_freeres (void)
{
  if (__pure_process.start_thread == NULL)
    __stock_dl_find_object_freeres ();
}
