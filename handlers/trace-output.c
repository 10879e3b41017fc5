/*
 * trace: the output's file descriptor.
 *
 * It is one of the program's process, so it is put where programs don't look,
 * and calls that would close it are answered without it: programs close what
 * they don't know (daemons, shells, Python's subprocess) and would end the
 * trace, and the next file they open would get the number, and the lines.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "trace.h"

/*
 * Not higher than this: the kernel's table of descriptors reaches to the
 * highest, and each fork copies it.
 */
#define HIGHEST_OUTPUT 1023UL

/* The kernel's sigset_t, one bit a signal. */
typedef unsigned long kernel_sigset;
#define SIGNAL_BIT(signal) (1UL << ((signal)-1))

/* The descriptors: for the lines, and for a report if stderr is closed. */
enum { LINES, REPORT, DESCRIPTORS };
static int descriptors[DESCRIPTORS] = { -1, -1 };

/* What stderr was at first. */
static struct stat first_stderr;

/* How many lines were lost, and why the last. */
static unsigned int lost;
static int lost_error;

/* The last line ends in its middle. */
static bool torn;

/* Copy FD to the highest free number that may be used. Returns -errno. */
static int copy_high(int fd)
{
	struct rlimit limit;
	long high = HIGHEST_OUTPUT, copy;

	if (OWN_CALL(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit) == 0 &&
	    limit.rlim_cur <= HIGHEST_OUTPUT)
		high = (long)limit.rlim_cur - 1;
	do
		copy = OWN_CALL(SYS_fcntl, fd, F_DUPFD_CLOEXEC, high);
	while ((copy == -EMFILE || copy == -EINVAL) && --high > 2);
	return (int)copy;
}

int output_open(const char *file)
{
	int fd = STDERR_FILENO, copy;

	/* Nothing has this number. */
	if (fstat(STDERR_FILENO, &first_stderr) != 0)
		first_stderr.st_ino = 0;
	if (file) {
		/* Processes and threads append: no line covers another. */
		fd = open(file,
			  O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC |
				  O_NOCTTY,
			  0666);
		if (fd < 0)
			return -errno;
	}
	copy = copy_high(fd);
	if (file)
		close(fd);
	if (copy < 0)
		return copy;
	descriptors[LINES] = copy;
	return 0;
}

/* Returns 0 or -errno. The program may have made a pipe non-blocking. */
static int write_all(int fd, const char *text, size_t size)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };

	while (size) {
		long done = OWN_CALL(SYS_write, fd, text, size);
		if (done == -EAGAIN) {
			OWN_CALL(SYS_poll, &room, 1, -1);
		} else if (done > 0) {
			text += done;
			size -= done;
			torn = true;
		} else if (done != -EINTR) {
			return done ? (int)done : -EIO;
		}
	}
	torn = false;
	return 0;
}

/*
 * A pipe without a reader and a file at its limit send signals that would be
 * the program's end: they are blocked meanwhile, and taken away. One that the
 * program itself has blocked and pending stays. All others are blocked too: one
 * that came now would have the runtime note, and put back, a mask of ours.
 */
static int write_line(int fd, const struct line *line)
{
	const kernel_sigset ours = SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(SIGXFSZ);
	const kernel_sigset all = -1UL;
	kernel_sigset blocked = 0, pending = 0, unwanted;
	const struct timespec no_time = { 0 };
	int error = 0;

	OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &all, &blocked, sizeof(all));
	if (blocked & ours)
		OWN_CALL(SYS_rt_sigpending, &pending, sizeof(pending));
	if (torn)
		error = write_all(fd, "\n", 1);
	if (!error)
		error = write_all(fd, line->text + line->start,
				  line->end - line->start);
	unwanted = ours & ~pending;
	if (error == -EPIPE || error == -EFBIG)
		OWN_CALL(SYS_rt_sigtimedwait, &unwanted, NULL, &no_time,
			 sizeof(unwanted));
	OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &blocked, NULL,
		 sizeof(blocked));
	return error;
}

void output_write(const struct line *line)
{
	int error = write_line(descriptors[LINES], line);

	if (error) {
		__atomic_store_n(&lost_error, -error, __ATOMIC_RELAXED);
		__atomic_add_fetch(&lost, 1, __ATOMIC_RELAXED);
	}
}

static bool stderr_is_first(void)
{
	struct stat now;

	return first_stderr.st_ino &&
	       OWN_CALL(SYS_fstat, STDERR_FILENO, &now) == 0 &&
	       now.st_ino == first_stderr.st_ino &&
	       now.st_dev == first_stderr.st_dev;
}

void output_report(void)
{
	unsigned int count = __atomic_exchange_n(&lost, 0, __ATOMIC_RELAXED);
	const bool line_torn = torn;
	int fd = descriptors[REPORT];
	struct line line;

	if (fd < 0 && stderr_is_first())
		fd = STDERR_FILENO;
	if (!count || fd < 0)
		return;
	line_lost(&line, count, lost_error);
	torn = false;
	write_line(fd, &line);
	torn = line_torn;
}

void output_after_fork(void)
{
	lost = 0;
}

/* Does it close stderr, or put another file in its place? */
static bool closes_stderr(long number, const long *a)
{
	switch (number) {
	case SYS_close:
		return (int)a[0] == STDERR_FILENO;
	case SYS_dup2:
	case SYS_dup3:
		return (int)a[1] == STDERR_FILENO;
	case SYS_close_range:
		return (unsigned int)a[0] <= STDERR_FILENO &&
		       (unsigned int)a[1] >= STDERR_FILENO;
	}
	return false;
}

void output_before(long number, const long *a)
{
	/* Without a need it isn't kept open: others may wait for its end. */
	if (lost && descriptors[REPORT] < 0 && closes_stderr(number, a) &&
	    stderr_is_first())
		descriptors[REPORT] = copy_high(STDERR_FILENO);
}

static bool own(int fd)
{
	return fd >= 0 &&
	       (fd == descriptors[LINES] || fd == descriptors[REPORT]);
}

/* close_range(FIRST, LAST, FLAGS), and leave out what is trace's own. */
static long close_around(unsigned int first, unsigned int last, long flags)
{
	long result = 0;
	int i;

	for (i = 0; i < DESCRIPTORS; i++) {
		const unsigned int fd = descriptors[i];
		if (descriptors[i] < 0 || first > fd || last < fd)
			continue;
		/*
		 * If nothing else is meant, close what can't be: FLAGS are
		 * checked.
		 */
		if (first == fd && last == fd)
			break;
		if (first < fd)
			result = close_around(first, fd - 1, flags);
		if (result == 0 && last > fd)
			result = close_around(fd + 1, last, flags);
		return result;
	}
	if (i < DESCRIPTORS)
		first = last = ~0U;
	return pure_native_syscall(SYS_close_range, first, last, flags, 0, 0,
				   0);
}

long output_pass(long number, const long *a)
{
	switch (number) {
	case SYS_close:
		if (own(a[0]))
			return -EBADF;
		break;
	case SYS_dup2:
	case SYS_dup3:
		if (own(a[1]))
			return -EBADF;
		break;
	case SYS_close_range:
		if ((unsigned int)a[0] <= (unsigned int)a[1])
			return close_around(a[0], a[1], a[2]);
		break;
	}
	return pure_native_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
