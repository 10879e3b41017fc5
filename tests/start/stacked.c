/* A handler that says which of them a call has come to: it adds its name to the
   text of those that ask.  When it starts it says so, when it ends it asks itself.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <purecc.h>
#include "stacked.h"

PURE_OPTION (name, "string", "", "what it says");
PURE_OPTION (own, "flag", "0", "its own calls come to it");

static const char *name;

/* What this one's own calls come to.  */
static void
ask (void)
{
  char text[ROOM] = "";

  access (text, CALL);
  printf ("%s:%s\n", name, text);
}

static void
end (void)
{
  printf ("ends: %s\n", name);
}

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  static int asked;

  if (number == SYS_access && a2 == CALL)
    {
      strcat (strcat ((char *) a1, " "), name);
      pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
      return 0;
    }
  if (number == SYS_access && a2 == ASK && !asked++)
    {
      ask ();
      fflush (stdout);
      pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
      return 0;
    }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

static int
start (int argc, char **argv, char **envp)
{
  (void) argc, (void) argv;
  name = PURE_OPTION_TEXT (name, envp);
  if (PURE_OPTION_NUMBER (own, envp)
      && pure_set_flags (PURE_ON_PROGRAM_STACK | PURE_ON_OWN_CALLS) != 0)
    return 1;
  printf ("starts: %s\n", name);
  fflush (stdout);
  return atexit (end);
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) handler, start);
