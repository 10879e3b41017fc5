/* How the handlers of stacked.c are asked: by access (2), with modes that there are none
   of.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <sys/syscall.h>
#include <unistd.h>

/* Who gets the call, for its text?  And whom do each one's own calls go to?  */
enum { CALL = 0x1001, ASK = 0x1002, ROOM = 100 };
