// An isolated handler that throws at each call, and catches it: its unwinder finds the
// objects of its namespace, that which it loads as it starts included.
//
// SPDX-License-Identifier: GPL-3.0-or-later

#include <dlfcn.h>
#include <purecc.h>
#include <stdio.h>
#include <stdlib.h>

namespace
{

void __attribute__ ((noinline))
thrower (long number)
{
  throw number;
}

long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  try
    {
      thrower (number);
      abort ();
    }
  catch (long thrown)
    {
      if (thrown != number)
	abort ();
    }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

// What else it would not have.
void __attribute__ ((constructor))
start ()
{
  if (!dlopen ("libresolv.so.2", RTLD_NOW))
    {
      fprintf (stderr, "%s\n", dlerror ());
      exit (2);
    }
}

}

PURE_HANDLER (reinterpret_cast<pure_handler_t> (handler));
