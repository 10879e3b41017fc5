/*
 * count: memory that all processes of the run have.
 *
 * It is a file that is named after the start of the run, which all have from
 * pure-run. The last process that ends removes it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "count.h"

struct shared *shared;
static char file_name[64];

/* The place of PROCESS; for 0, of none, one that is free: or PROCESSES. */
static unsigned int find(int process)
{
	unsigned int i;

	for (i = 0; i < PROCESSES; i++)
		if (__atomic_load_n(&shared->processes[i], __ATOMIC_SEQ_CST) ==
		    process)
			return i;
	return PROCESSES;
}

/* One that was killed has neither gone nor been waited for. */
static bool is_alive(int process)
{
	char name[32], text[512];
	const char *end;
	ssize_t size;
	int fd;

	if (kill(process, 0) != 0 && errno == ESRCH)
		return false;
	snprintf(name, sizeof(name), "/proc/%d/stat", process);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno != ENOENT;
	size = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[size < 0 ? 0 : size] = '\0';
	end = strrchr(text, ')');
	return !end || (end[1] && end[2] != 'Z' && end[2] != 'X');
}

/* Forget those that were killed. */
static void clean(void)
{
	unsigned int i;

	for (i = 0; i < PROCESSES; i++) {
		int process = __atomic_load_n(&shared->processes[i],
					      __ATOMIC_SEQ_CST);
		if (process && !is_alive(process))
			__atomic_compare_exchange_n(
				&shared->processes[i], &process, 0, false,
				__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	}
}

void shared_enter(int process)
{
	/* After it has executed another program, it is there. */
	unsigned int i = find(process);
	bool cleaned = false;

	while (i == PROCESSES) {
		int none = 0;

		i = find(0);
		if (i < PROCESSES &&
		    !__atomic_compare_exchange_n(
			    &shared->processes[i], &none, process, false,
			    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
			i = PROCESSES;
		} else if (i == PROCESSES) {
			if (cleaned)
				return;
			clean();
			cleaned = true;
		}
	}
}

static void enter(void)
{
	shared_enter(getpid());
}

static int open_shared(long start, bool *first)
{
	static const char *const directories[] = { "/dev/shm", "/tmp" };
	int fd = -1, i;

	for (i = 0; i < 2 && fd < 0; i++) {
		snprintf(file_name, sizeof(file_name), "%s/purecc-count-%ld",
			 directories[i], start);
		fd = open(file_name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
			  0600);
		*first = fd >= 0;
		if (fd < 0 && errno == EEXIST)
			return open(file_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	}
	return fd;
}

int shared_start(long start, bool *first)
{
	const int fd = open_shared(start, first);
	struct stat status;
	int error = 0;

	if (fd < 0)
		return -errno;
	/* It is all zeros, and its size is the same for all. */
	if (fstat(fd, &status) != 0 || status.st_uid != geteuid() ||
	    ftruncate(fd, sizeof(*shared)) != 0)
		error = -EACCES;
	shared = error ? NULL :
			 mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
	if (shared == MAP_FAILED)
		error = -errno;
	close(fd);
	if (error)
		return error;
	enter();
	return -pthread_atfork(NULL, NULL, enter);
}

bool shared_end(void)
{
	unsigned int i = find(getpid());

	/* The child of a vfork isn't there. */
	if (i == PROCESSES)
		return false;
	__atomic_store_n(&shared->processes[i], 0, __ATOMIC_SEQ_CST);
	for (i = 0; i < PROCESSES; i++) {
		int other = __atomic_load_n(&shared->processes[i],
					    __ATOMIC_SEQ_CST);
		if (other && is_alive(other))
			return false;
	}
	if (__atomic_exchange_n(&shared->printed, 1, __ATOMIC_SEQ_CST))
		return false;
	unlink(file_name);
	return true;
}
