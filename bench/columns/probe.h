/* Each column exists a second time, compiled with PROBE: there it answers the
   call that no kernel has, so that one can see that it does divert.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PROBE_H
#define PROBE_H 1

#include "../programs/micro.h"

#ifdef PROBE
# define PROBE_ANSWER(number)						\
  do									\
    if ((number) == MICRO_NO_CALL)					\
      return MICRO_PROBED;						\
  while (0)
#else
# define PROBE_ANSWER(number)						\
  do									\
    {									\
    }									\
  while (0)
#endif

#endif /* probe.h */
