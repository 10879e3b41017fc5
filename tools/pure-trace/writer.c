/*
 * pure-trace: a thread that writes the lines that the traced processes leave in
 * the memory that it shares with them (abi/trace.h). One write serves many, and
 * no program has to wait for it.
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

#include "../../abi/trace.h"
#include "pure-trace.h"

/* For how long lines may lie there that are few: nanoseconds. */
#define PAUSE 10000000

/* How long it is waited, at the end, for one that writes: so many times, in
 * microseconds. */
#define TIMES 1000
#define INTERVAL 1000

static struct pure_trace_state *state;
static const char *output;
static pthread_t thread;
static bool ending;

/* The file, once there was a line, and the last byte that was written. */
static int file = -1;
static char last = '\n';

/*
 * Lines that are lost, and why the last; is what comes next the rest of one,
 * and is there one of which the file has a part?
 */
static unsigned long lost;
static int lost_error;
static bool skips, torn;

/* Is NAME, of that STATUS, a device that nobody reads: /dev/null? */
static bool is_silent_device(const char *name, const struct stat *status)
{
	int fd;
	bool silent;

	if (!S_ISCHR(status->st_mode))
		return false;
	fd = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	silent = fd >= 0 && !isatty(fd);
	if (fd >= 0)
		close(fd);
	return silent;
}

bool writer_is_wanted(const struct settings *settings)
{
	struct stat named, standard;
	int fd;

	if (!settings->output || settings->command || settings->separate)
		return false;
	if (stat(settings->output, &named) != 0)
		return errno == ENOENT;
	if (is_silent_device(settings->output, &named))
		return true;
	if (!S_ISREG(named.st_mode))
		return false;
	/* What the program writes there itself is to be where it was made. */
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &standard) == 0 &&
		    standard.st_dev == named.st_dev &&
		    standard.st_ino == named.st_ino)
			return false;
	return true;
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

static void write_text(const char *text, size_t size)
{
	const char *const end = text + size;

	if (skips) {
		const char *newline = memchr(text, '\n', size);

		skips = !newline;
		text = newline ? newline + 1 : end;
	}
	while (text < end) {
		const ssize_t done = torn ? write(file, "\n", 1) :
					    write(file, text, end - text);

		if (done <= 0 && (done == 0 || errno != EINTR)) {
			lose(text, end - text, done ? errno : EIO);
			return;
		}
		if (done > 0) {
			text += torn ? 0 : done;
			last = torn ? '\n' : text[-1];
			torn = false;
		}
	}
}

static unsigned long behind(void)
{
	return __atomic_load_n(&state->left, __ATOMIC_SEQ_CST) -
	       __atomic_load_n(&state->written, __ATOMIC_SEQ_CST);
}

/* Before bytes from FROM on are written: who takes over has to know which were.
 */
static void announce(unsigned long from)
{
	struct stat status;

	if (file < 0)
		file = open(output, O_WRONLY | O_APPEND | O_CLOEXEC);
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
	unsigned long from = state->written, rest = behind();

	while (rest) {
		const unsigned long most =
			PURE_TRACE_ROOM - from % PURE_TRACE_ROOM;
		const unsigned long size = rest < most ? rest : most;

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
	if (behind() < enough && !__atomic_load_n(&ending, __ATOMIC_SEQ_CST))
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

void writer_start(const struct settings *settings,
		  struct pure_trace_state *shared)
{
	sigset_t all, before;
	int error;

	state = shared;
	/* None was begun yet. */
	state->began = -1UL;
	output = settings->output;
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
	long writer = 0;
	int i;

	for (i = 0; i < TIMES && !__atomic_compare_exchange_n(
					 &state->writer, &writer, self, false,
					 __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	     i++) {
		writer = 0;
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
	if (file >= 0)
		close(file);
	if (lost)
		fprintf(stderr, "%s: %lu line%s lost: %s\n", tool_name, lost,
			lost == 1 ? "" : "s", strerror(lost_error));
}
