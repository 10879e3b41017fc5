/* SPDX-License-Identifier: GPL-3.0-or-later

   The auditor of check-glibc.sh's mode isolated: it loads HANDLER into the namespace
   that it has.  The system's loader has no use for one, and reads LD_AUDIT as well
   when a test starts a program of the system's: this stays silent there, where the
   handler itself would be an error.  */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

extern int pure_isolated (void) __attribute__ ((__weak__));

unsigned int la_version (unsigned int version);

unsigned int
la_version (unsigned int version)
{
  return pure_isolated ? version : 0;
}

static void __attribute__ ((__constructor__))
load (void)
{
  if (pure_isolated && !dlopen (HANDLER, RTLD_NOW))
    {
      fprintf (stderr, "%s\n", dlerror ());
      _Exit (127);
    }
}
