/* What micro's calls look like, for the handler that answers them itself.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef MICRO_H
#define MICRO_H 1

enum
{
  /* No call that any Linux has.  */
  MICRO_NO_CALL = 500,
  /* What the columns' probes answer it with.  */
  MICRO_PROBED = 4711,
  /* As many waiters as nobody else wakes.  */
  MICRO_WAITERS = 12345,
  MICRO_READ = 4096,
  /* Mapped with PROT_NONE.  */
  MICRO_MAPPED = 3 * 4096
};

#define MICRO_FILE "/dev/null"

#endif /* micro.h */
