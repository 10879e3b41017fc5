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

static int output = -1;

/* Copy FD to the highest free number that may be used. Returns -errno. */
static int copy_high(int fd)
{
	struct rlimit limit;
	int high = HIGHEST_OUTPUT, copy;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	    limit.rlim_cur <= HIGHEST_OUTPUT)
		high = (int)limit.rlim_cur - 1;
	do
		copy = fcntl(fd, F_DUPFD_CLOEXEC, high);
	while (copy < 0 && (errno == EMFILE || errno == EINVAL) && --high > 2);
	return copy < 0 ? -errno : copy;
}

int output_open(const char *file)
{
	int fd = STDERR_FILENO, copy;

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
	output = copy;
	return 0;
}

/* Returns 0 or -errno. The program may have made a pipe non-blocking. */
static long write_all(const char *text, size_t size)
{
	struct pollfd room = { .fd = output, .events = POLLOUT };
	long done;

	while (size) {
		done = NATIVE(SYS_write, output, text, size);
		if (done == -EAGAIN) {
			NATIVE(SYS_poll, &room, 1, -1);
		} else if (done > 0) {
			text += done;
			size -= done;
		} else if (done != -EINTR) {
			return done;
		}
	}
	return 0;
}

/*
 * A pipe without a reader and a file at its limit send signals that would be
 * the program's end: they are blocked meanwhile, and taken away. One that the
 * program itself has blocked and pending stays.
 */
void output_write(const char *text, size_t size)
{
	const kernel_sigset ours = SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(SIGXFSZ);
	kernel_sigset blocked = 0, pending = 0, unwanted;
	const struct timespec no_time = { 0 };
	long error;

	NATIVE(SYS_rt_sigprocmask, SIG_BLOCK, &ours, &blocked, sizeof(ours));
	if (blocked & ours)
		NATIVE(SYS_rt_sigpending, &pending, sizeof(pending));
	error = write_all(text, size);
	unwanted = ours & ~pending;
	if (error == -EPIPE || error == -EFBIG)
		NATIVE(SYS_rt_sigtimedwait, &unwanted, NULL, &no_time,
		       sizeof(unwanted));
	unwanted = ours & ~blocked;
	NATIVE(SYS_rt_sigprocmask, SIG_UNBLOCK, &unwanted, NULL,
	       sizeof(unwanted));
}

/* close_range(FIRST, LAST, FLAGS) on both sides of the output. */
static long close_around(unsigned int first, unsigned int last, long flags)
{
	const unsigned int fd = output;
	long result = 0;

	/* If nothing else is meant, close what can't be: FLAGS are checked. */
	if (first == fd && last == fd)
		return NATIVE(SYS_close_range, ~0U, ~0U, flags);
	if (first < fd)
		result = NATIVE(SYS_close_range, first, fd - 1, flags);
	if (result == 0 && last > fd)
		result = NATIVE(SYS_close_range, fd + 1, last, flags);
	return result;
}

long output_pass(long number, const long *a)
{
	switch (number) {
	case SYS_close:
		if ((int)a[0] == output)
			return -EBADF;
		break;
	case SYS_dup2:
	case SYS_dup3:
		if ((int)a[1] == output)
			return -EBADF;
		break;
	case SYS_close_range:
		if ((unsigned int)a[0] <= (unsigned int)output &&
		    (unsigned int)a[1] >= (unsigned int)output)
			return close_around(a[0], a[1], a[2]);
		break;
	}
	return pure_native_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
