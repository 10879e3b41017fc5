/* What pure-sweep is to find: each call that fails shows another mistake.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
crash (char *nowhere)
{
  *nowhere = 0;
}

static void
hang (void)
{
  for (;;)
    pause ();
}

/* Under a sanitizer only: else it changes nothing.  */
static int
use_after_free (void)
{
  char *freed = malloc (16);

  memset (freed, 1, 16);
  free (freed);
#ifdef __SANITIZE_ADDRESS__
  return *(volatile char *) freed;
#else
  return 0;
#endif
}

static void
in_child (const char *to)
{
  int status;

  if (fork () == 0)
    {
      if (symlink ("target", to) != 0)
	crash (NULL);
      _exit (0);
    }
  wait (&status);
}

int
main (void)
{
  if (chdir (".") != 0)
    crash (NULL);
  if (rmdir ("empty") != 0)
    hang ();
  if (access ("file", R_OK) != 0)
    use_after_free ();
  /* Nobody looks whether it has failed.  */
  unlink ("file");
  in_child ("link");
  if (link ("link", "other") != 0)
    fputs ("there is no other\n", stderr);
  else
    puts ("there is another");
  /* This one is right.  */
  return mkdir ("new", 0777) == 0 ? 0 : 3;
}
