/* A handler in a library that the program has opened: while it is set the
   library can't be closed, and its calls go on being diverted; afterwards it
   can.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: off */
#include <dlfcn.h>
#include <string.h>
#include "semantics.h"

enum { ROUNDS = 20 };

static void
check (const char *handler)
{
  void *library = dlopen (handler, RTLD_NOW);
  CHECK (library);
  CHECK (way () == SAME_NAMESPACE);

  dlerror ();
  CHECK (dlclose (library) != 0);
  const char *error = dlerror ();
  CHECK (error && strstr (error, "handler"));
  CHECK (way () == SAME_NAMESPACE);
  void *again = dlopen (handler, RTLD_NOW | RTLD_NOLOAD);
  CHECK (again == library);
  CHECK (dlclose (again) == 0);
  CHECK (way () == SAME_NAMESPACE);

  pure_set_handler (NULL);
  CHECK (way () == NO_HANDLER);
  CHECK (dlclose (library) == 0);
  CHECK (!dlopen (handler, RTLD_NOW | RTLD_NOLOAD));
  CHECK (way () == NO_HANDLER);
}

int
main (void)
{
  const char *handler = getenv ("CONTROL_HANDLER");

  CHECK (handler && way () == NO_HANDLER);
  for (int i = 0; i < ROUNDS; i++)
    check (handler);
  return 0;
}
