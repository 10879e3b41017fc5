/* What pure-trace and the handler trace share, in memory that all traced processes have
   (pure_run_join), by the handler's name and its option "start".

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_ABI_TRACE_H
#define PURE_ABI_TRACE_H 1

/* Above all numbers of calls, as PURE_CALLS.  */
#define PURE_TRACE_CALLS 640

struct pure_trace_count
{
  unsigned long calls, errors, nanoseconds, least, most;
};

struct pure_trace_state
{
  /* Which thread writes (pure_run_self), or 0.  */
  long writer;
  /* Whose line is open at the end of the output, or 0.  */
  long open;
  /* How many wait for who writes.  */
  int waiting;
  /* How long that is.  */
  int columns;
  /* How many threads there are, of all processes.  */
  int threads;
  /* The first program has been executed.  */
  int begun;
  /* When the last line was begun, CLOCK_REALTIME in nanoseconds.  */
  long last;
  struct pure_trace_count counts[PURE_TRACE_CALLS];
};

#endif
