/* A handler gets the number, how many arguments there are, and each argument
   as the site has it; its result is the site's.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include "check.h"
#include "record.h"

int
main (void)
{
  static const long answers[]
    = { 0, 1, -1, -4095, -4096, 0x7fffffffffffffff, 1L << 63, 0x80000000 };

  __pure_syscall = record;
  for (unsigned int i = 0; i < sizeof answers / sizeof *answers; i++)
    {
      answer = answers[i];
      CHECK (site0 (1000) == answer);
      CHECK (seen_number == 1000 && seen_nr == 0);
      CHECK (site1 (-1, 1L << 40) == answer);
      CHECK (seen_number == -1 && seen_nr == 1 && seen[0] == 1L << 40);
      CHECK (site3 (1003, -1, -2, -3) == answer);
      CHECK (seen_nr == 3 && seen[0] == -1 && seen[1] == -2 && seen[2] == -3);
      CHECK (site6 (1006, 1, 2, 3, 4, 5, 6) == answer);
      CHECK (seen_nr == 6);
      for (int a = 0; a < 6; a++)
	CHECK (seen[a] == a + 1);
    }
  __pure_syscall = NULL;
  return 0;
}
