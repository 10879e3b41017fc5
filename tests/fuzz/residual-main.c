/* Run a file of residual.py's: with a handler that counts and passes on, if
   there is an argument.  Prints for each function its result; ends with 1 if
   one made another number of calls than it should.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <stdio.h>
#include "residual.h"

#ifdef GUARDED
#include <purecc.h>
#include <stdarg.h>

static int seen;

static long
count (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  seen++;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
#endif

int
main (int argc, char **argv)
{
  int wrong = 0;

  (void) argc, (void) argv;
  for (int i = 0; i < residual_count; i++)
    {
      const struct residual *r = &residuals[i];
      int expected = 0, calls = 0;
#ifdef GUARDED
      if (argc > 1)
	{
	  seen = 0;
	  expected = r->calls;
	  pure_set_handler (count);
	}
#endif
      long result = r->function (i * 31 + 5, i * 17 + 3);
#ifdef GUARDED
      pure_set_handler (NULL);
      calls = seen;
#endif
      printf ("%s %lx\n", r->name, result);
      if (calls != expected)
	{
	  fprintf (stderr, "%s: %d calls seen, not %d\n", r->name, calls,
		   expected);
	  wrong = 1;
	}
    }
  return wrong;
}
