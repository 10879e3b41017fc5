/* An isolated handler that loads libraries at a call, by dlopen, iconv and the name
   service, and unloads them: what the loader does for it doesn't come back to it.  It
   aborts if that happens.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <dlfcn.h>
#include <iconv.h>
#include <purecc.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/syscall.h>

static __thread volatile int inside;
static int calls;

static void
load (void)
{
  void *library = dlopen ("libm.so.6", RTLD_NOW);
  iconv_t conversion = iconv_open ("UTF-16", "ISO-8859-15");

  if (!library || conversion == (iconv_t) -1 || !getpwuid (0)
      || iconv_close (conversion) != 0 || dlclose (library) != 0)
    abort ();
}

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  if (inside)
    abort ();
  inside = 1;
  /* Now and then, and in each process when it starts.  */
  if (__atomic_fetch_add (&calls, 1, __ATOMIC_RELAXED) % 1000 == 0)
    load ();
  inside = 0;
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER ((pure_handler_t) (void (*) (void)) handler);
