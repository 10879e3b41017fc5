/* Which handlers get its calls, and which get theirs?

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <stdio.h>
#include "stacked.h"

int
main (void)
{
  char text[ROOM] = "";

  access (text, CALL);
  printf ("program:%s\n", text);
  fflush (stdout);
  access ("", ASK);
  return 0;
}
