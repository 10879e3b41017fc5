/* Start a program on the pure glibc under an isolated handler, as pure-run
   does, but with the name that this one was started with: for Python, whose
   sys.executable that is, so that what it starts by that name is started here
   again.  LOADER, LIBRARIES, HANDLER and PROGRAM are strings.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
main (int argc, char **argv)
{
  char *options[] = { LOADER,  "--library-path", LIBRARIES, "--argv0",
		      argv[0], "--audit",	 HANDLER,   PROGRAM };
  size_t count = sizeof options / sizeof *options;
  /* argv[0] is among the options, its NULL takes that place.  */
  char **all = malloc ((count + argc) * sizeof *all);

  if (all == NULL)
    return 126;
  memcpy (all, options, sizeof options);
  memcpy (all + count, argv + 1, argc * sizeof *all);
  execv (LOADER, all);
  perror (LOADER);
  return 126;
}
