/* Where an auditor's thread-specific data is (pure-specific.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <pthreadP.h>
#include <stdio.h>
#include <stdlib.h>
#include "pure-isolated.h"

static struct pthread **
place (void)
{
  return (struct pthread **) (pure_thread_pointer () + PURE_SPECIFIC_OFFSET)
	 + __pure_auditor - 1;
}

struct pthread *PURE_HIDDEN
__pure_specific (void)
{
  struct pthread *own = *place ();

  if (!own)
    {
      *place () = own = calloc (1, sizeof *own);
      if (!own)
	__libc_fatal ("no memory for the thread-specific data of a handler\n");
      own->specific[0] = own->specific_1stblock;
    }
  return own;
}

void
__pure_end_specific (void)
{
  if (!__pure_auditor || !*place ())
    return;
  __nptl_deallocate_tsd ();
  free (*place ());
  *place () = NULL;
}
