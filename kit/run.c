/*
 * kit: memory that all processes of the run have.
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

#include "kit.h"

#define PROCESSES 1024

/* What comes before the handler's own. */
struct run {
	/* Those that haven't ended. */
	int processes[PROCESSES];
	int ended;
};

/* Where the handler's own begins. */
#define OWN_AT 8192
_Static_assert(sizeof(struct run) <= OWN_AT, "there is room");

static struct run *run;
static char file_name[96];

/* The place of PROCESS; for 0, of none, one that is free: or PROCESSES. */
static unsigned int find(int process)
{
	unsigned int i;

	for (i = 0; i < PROCESSES; i++)
		if (__atomic_load_n(&run->processes[i], __ATOMIC_SEQ_CST) ==
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
		int process =
			__atomic_load_n(&run->processes[i], __ATOMIC_SEQ_CST);
		if (process && !is_alive(process))
			__atomic_compare_exchange_n(
				&run->processes[i], &process, 0, false,
				__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	}
}

void pure_run_enter(int process)
{
	/* After it has executed another program, it is there. */
	unsigned int i = find(process);
	bool cleaned = false;

	while (i == PROCESSES) {
		int none = 0;

		i = find(0);
		if (i < PROCESSES &&
		    !__atomic_compare_exchange_n(
			    &run->processes[i], &none, process, false,
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
	pure_run_enter(getpid());
}

static int open_shared(const char *name, long start, bool *first)
{
	static const char *const directories[] = { "/dev/shm", "/tmp" };
	int fd = -1, i;

	for (i = 0; i < 2 && fd < 0; i++) {
		snprintf(file_name, sizeof(file_name), "%s/purecc-%s-%ld",
			 directories[i], name, start);
		fd = open(file_name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
			  0600);
		*first = fd >= 0;
		if (fd < 0 && errno == EEXIST)
			return open(file_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	}
	return fd;
}

void *pure_run_join(const char *name, long start, size_t size, bool *first)
{
	const int fd = open_shared(name, start, first);
	struct stat status;
	void *memory = MAP_FAILED;

	if (fd < 0)
		return NULL;
	/* It is all zeros, and its size is the same for all. */
	if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
	    ftruncate(fd, (off_t)(OWN_AT + size)) == 0)
		memory = mmap(NULL, OWN_AT + size, PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
	else
		errno = EACCES;
	close(fd);
	if (memory == MAP_FAILED)
		return NULL;
	run = memory;
	enter();
	errno = pthread_atfork(NULL, NULL, enter);
	return errno ? NULL : (char *)memory + OWN_AT;
}

bool pure_run_leave(void)
{
	unsigned int i = find(getpid());

	/* The child of a vfork isn't there. */
	if (i == PROCESSES)
		return false;
	__atomic_store_n(&run->processes[i], 0, __ATOMIC_SEQ_CST);
	for (i = 0; i < PROCESSES; i++) {
		int other =
			__atomic_load_n(&run->processes[i], __ATOMIC_SEQ_CST);
		if (other && is_alive(other))
			return false;
	}
	if (__atomic_exchange_n(&run->ended, 1, __ATOMIC_SEQ_CST))
		return false;
	unlink(file_name);
	return true;
}
