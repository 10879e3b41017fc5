/*
 * pure-trace: a thread that writes the lines that the traced processes leave in
 * the memory that it shares with them (handlers/trace-memory.h). One write
 * serves many, and no program has to wait for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <purecc-handler.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "../../handlers/trace-memory.h"
#include "pure-trace.h"

/* For how long lines may lie there that are few: nanoseconds. */
#define PAUSE 10000000

/* How long it is waited, at the end, for one that writes: so many times, in
 * microseconds. */
#define TIMES 1000
#define INTERVAL 1000

static struct pure_trace_state *state;
static pthread_t thread;
static bool ending;

/* The file, and the last byte that was written. */
static int file;
static char last = '\n';

/*
 * Lines that are lost, and why the last; is what comes next the rest of one,
 * and is there one of which the file has a part?
 */
static unsigned long lost;
static int lost_error;
static bool skips, torn;

/* Is it the program's standard input, output or error, too? What it writes into
 * the same file is to be where it was made. */
static bool is_standard(const struct stat *status)
{
	struct stat standard;
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &standard) == 0 &&
		    standard.st_dev == status->st_dev &&
		    standard.st_ino == status->st_ino)
			return true;
	return false;
}

int writer_open(const struct settings *settings)
{
	struct stat status;
	bool is_there;
	int fd;

	if (!settings->output || settings->command || settings->separate)
		return -1;
	is_there = stat(settings->output, &status) == 0;
	/* To open others may have someone wait, or end a wait. */
	if (is_there && !S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode))
		return -1;
	fd = open(settings->output,
		  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY |
			  O_NONBLOCK,
		  0666);
	if (fd >= 0 && (isatty(fd) || (is_there && S_ISREG(status.st_mode) &&
				       is_standard(&status)))) {
		close(fd);
		fd = -1;
	}
	if (fd >= 0)
		fcntl(fd, F_SETFL, O_APPEND);
	return fd;
}

static void lose(const char *text, size_t size, int error)
{
	const char *const end = text + size;

	while (text < end) {
		const char *newline = memchr(text, '\n', end - text);

		lost++;
		skips = !newline;
		text = newline ? newline + 1 : end;
	}
	lost_error = error;
	torn = last != '\n';
}

/* How many bytes of TEXT could be written; if not all, errno says why. */
static size_t write_all(const char *text, size_t size)
{
	size_t done = 0;

	while (done < size) {
		const ssize_t more = write(file, text + done, size - done);

		if (more > 0) {
			done += (size_t)more;
			last = text[done - 1];
		} else if (more == 0 || errno != EINTR) {
			errno = more ? errno : EIO;
			break;
		}
	}
	return done;
}

static void write_text(const char *text, size_t size)
{
	const char *const end = text + size;

	if (skips) {
		const char *newline = memchr(text, '\n', size);

		skips = !newline;
		text = newline ? newline + 1 : end;
	}
	if (torn && text < end && write_all("\n", 1))
		torn = false;
	if (!torn)
		text += write_all(text, end - text);
	if (text < end)
		lose(text, end - text, errno);
}

/* Before bytes from FROM on are written: who takes over has to know which were.
 */
static void announce(unsigned long from)
{
	struct stat status;

	if (fstat(file, &status) == 0)
		state->length = status.st_size + torn;
	__atomic_store_n(&state->began, from, __ATOMIC_SEQ_CST);
}

/*
 * What there is now; or nothing, if the traced have come to believe that this
 * process is gone.
 */
static void write_what_is_left(void)
{
	unsigned long from = state->written, rest = pure_trace_behind(state);

	while (rest) {
		const unsigned long size = pure_trace_piece(from, rest);

		announce(from);
		write_text(state->lines + from % PURE_TRACE_ROOM, size);
		if (!__atomic_compare_exchange_n(
			    &state->written, &from, from + size, false,
			    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return;
		from += size;
		rest -= size;
		syscall(SYS_futex, &state->written, FUTEX_WAKE, 1, NULL);
	}
}

/* Sleep, as it is called HOW, until there are ENOUGH bytes or TIME has passed.
 */
static void sleep_as(enum pure_trace_sleep how, unsigned long enough,
		     const struct timespec *time)
{
	__atomic_store_n(&state->sleep, how, __ATOMIC_SEQ_CST);
	if (pure_trace_behind(state) < enough &&
	    !__atomic_load_n(&ending, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &state->sleep, FUTEX_WAIT, how, time);
	__atomic_store_n(&state->sleep, PURE_TRACE_WRITES, __ATOMIC_SEQ_CST);
}

static void *write_lines(void *nothing)
{
	const struct timespec pause = { 0, PAUSE };

	while (!__atomic_load_n(&ending, __ATOMIC_SEQ_CST)) {
		sleep_as(PURE_TRACE_SLEEPS, 1, NULL);
		sleep_as(PURE_TRACE_PAUSES, PURE_TRACE_HALF, &pause);
		write_what_is_left();
	}
	return nothing;
}

void writer_start(struct pure_trace_state *shared, int fd)
{
	sigset_t all, before;
	int error;

	state = shared;
	/* None was begun yet. */
	state->began = -1UL;
	file = fd;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, NULL, write_lines, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		fail(EXIT_MISUSE, "a thread: %s", strerror(error));
	state->server = pure_run_self();
}

/* Whoever makes a line now has to write it. */
static void stop_serving(void)
{
	const long self = pure_run_self();
	long writer;
	int i;

	/* Who has the lock may wait for room. */
	for (i = 0; i < TIMES; i++) {
		writer = 0;
		if (__atomic_compare_exchange_n(&state->writer, &writer, self,
						false, __ATOMIC_SEQ_CST,
						__ATOMIC_SEQ_CST))
			break;
		write_what_is_left();
		usleep(INTERVAL);
	}
	write_what_is_left();
	state->server = 0;
	__atomic_store_n(&state->writer, 0, __ATOMIC_SEQ_CST);
	syscall(SYS_futex, &state->writer, FUTEX_WAKE, 1, NULL);
}

void writer_end(void)
{
	__atomic_store_n(&ending, true, __ATOMIC_SEQ_CST);
	__atomic_store_n(&state->sleep, PURE_TRACE_WRITES, __ATOMIC_SEQ_CST);
	syscall(SYS_futex, &state->sleep, FUTEX_WAKE, 1, NULL);
	pthread_join(thread, NULL);
	stop_serving();
	if (lost)
		fprintf(stderr, "%s: %lu line%s lost: %s\n", tool_name, lost,
			lost == 1 ? "" : "s", strerror(lost_error));
}
