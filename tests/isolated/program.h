/* What the programs of this directory share.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PROGRAM_H
#define PROGRAM_H 1

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* End the program if CONDITION doesn't hold.  */
#define CHECK(condition)						\
  ((condition) ? (void) 0						\
   : (fprintf (stderr, "%s:%d: not true: %s (%s)\n", __FILE__, __LINE__, \
	       #condition, strerror (errno)),				\
      abort ()))

#endif /* program.h */
