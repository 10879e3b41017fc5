/* What pure-trace and the handler trace share, in memory that all traced
   processes have (pure_run_join), by the handler's name and its option "start".

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_TRACE_MEMORY_H
#define PURE_TRACE_MEMORY_H 1

/* Above all numbers of calls, as PURE_CALLS.  */
#define PURE_TRACE_CALLS 640

/* How many bytes of lines pure-trace may be behind, a power of two; and of how
   many it wants to be told.  */
#define PURE_TRACE_ROOM (256 * 1024UL)
#define PURE_TRACE_HALF (PURE_TRACE_ROOM / 2)

struct pure_trace_count {
	unsigned long calls, errors, nanoseconds, least, most;
};

/* What pure-trace does: writes, sleeps until there are lines, or pauses, unless
   there is half of the room of them.  */
enum pure_trace_sleep {
	PURE_TRACE_WRITES,
	PURE_TRACE_SLEEPS,
	PURE_TRACE_PAUSES
};

struct pure_trace_state {
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
	/* Who writes the lines of all (pure_run_self), or 0: each process its
	 * own.  */
	long server;
	/* How many bytes have been left to it, and how many of these it has
	   written; the former is changed by who has WRITER.  */
	unsigned long left, written;
	/* The byte that its last write began with, and how long the file was
	 * before.  */
	unsigned long began;
	long length;
	/* An enum pure_trace_sleep, and a futex.  */
	int sleep;
	/* Byte N is at N modulo PURE_TRACE_ROOM.  */
	char lines[PURE_TRACE_ROOM];
};

/* How many bytes have been left and aren't written.  */
static inline unsigned long
pure_trace_behind(const struct pure_trace_state *state)
{
	return __atomic_load_n(&state->left, __ATOMIC_SEQ_CST) -
	       __atomic_load_n(&state->written, __ATOMIC_SEQ_CST);
}

/* As many of COUNT bytes as lie in one piece from byte N on.  */
static inline unsigned long pure_trace_piece(unsigned long n,
					     unsigned long count)
{
	const unsigned long most = PURE_TRACE_ROOM - n % PURE_TRACE_ROOM;

	return count < most ? count : most;
}

#endif
