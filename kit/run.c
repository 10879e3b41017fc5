/*
 * kit: memory that all processes of the run have.
 *
 * It is a file that is named after the start of the run, which all have from
 * pure-run. The last process that ends removes it; what a run leaves whose last
 * one is killed, the next run removes. A handler that has an output keeps the
 * file open over exec, as that: who has fewer rights then, or another root, has
 * the memory too. Without a pure-run it is a program's own, and its forks'.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "kit.h"

#define PROCESSES 1024

/* What comes before the handler's own. */
struct run {
	/* Those that haven't ended, as pure_run_self has them. */
	long processes[PROCESSES];
	int ended;
	/* The namespace of its first process. */
	unsigned int space;
};

/* Where the handler's own begins. */
#define OWN_AT 12288
_Static_assert(sizeof(struct run) <= OWN_AT, "there is room");

static struct run *run;

/* The program that executed this one had the memory. */
static bool continues;

static char file_name[64];
#define PATH_ROOM (sizeof(file_name) + 16)

/* Of a run that is as old as this some process has joined: seconds. */
#define OLD 60

/* Where the file is: in the first that there is. */
static const char *const directories[] = { "/dev/shm", "/tmp" };
#define DIRECTORIES (sizeof(directories) / sizeof(*directories))

/* They are output.c's, if the handler has one. */
#pragma weak kit_kept_descriptor
#pragma weak kit_keep_descriptor

/* Of the namespace that this process is in, NUMBER. */
static long in_space(int number)
{
	return (long)kit_space()->file << 32 | (unsigned int)number;
}

static unsigned int space_of(long id)
{
	return (unsigned int)(id >> 32);
}

long pure_run_self(void)
{
	/* The first thread of a namespace finds that out. */
	const int number = (int)pure_thread_id();

	return in_space(number);
}

/* The place of PROCESS; for 0, of none, one that is free: or PROCESSES. */
static unsigned int find(long process)
{
	unsigned int i;

	for (i = 0; i < PROCESSES; i++)
		if (__atomic_load_n(&run->processes[i], __ATOMIC_SEQ_CST) ==
		    process)
			return i;
	return PROCESSES;
}

/* Until one that has ended is waited for, kill finds it. No function of the C
 * library is called: in the program's namespace the thread might be cancelled.
 */
enum pure_life pure_run_life(long id)
{
	const int process = (int)id;
	char name[32], state[512];
	struct pure_text path = PURE_TEXT(name);
	const char *end = NULL;
	long fd, size, i;

	if (space_of(id) != kit_space()->file)
		return PURE_MAY_LIVE;
	if (PURE_OWN_CALL(SYS_kill, process, 0) == -ESRCH)
		return PURE_HAS_ENDED;
	if (!kit_space()->listed)
		return PURE_MAY_LIVE;
	pure_put(&path, "/proc/");
	pure_put_unsigned(&path, (unsigned long)process);
	pure_put(&path, "/stat");
	pure_put_char(&path, '\0');
	fd = PURE_OWN_CALL(SYS_open, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return PURE_MAY_LIVE;
	size = PURE_OWN_CALL(SYS_read, fd, state, sizeof(state));
	PURE_OWN_CALL(SYS_close, fd);
	for (i = 0; i < size; i++)
		if (state[i] == ')')
			end = state + i;
	if (!end || state + size < end + 3)
		return PURE_MAY_LIVE;
	return end[2] == 'Z' || end[2] == 'X' ? PURE_HAS_ENDED : PURE_LIVES;
}

/* Forget those that were killed. */
static void clean(void)
{
	unsigned int i;

	for (i = 0; i < PROCESSES; i++) {
		long process =
			__atomic_load_n(&run->processes[i], __ATOMIC_SEQ_CST);
		if (process && pure_run_life(process) == PURE_HAS_ENDED)
			__atomic_compare_exchange_n(
				&run->processes[i], &process, 0, false,
				__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	}
}

static void enter(long process)
{
	/* After it has executed another program, it is there. */
	unsigned int i = find(process);
	bool cleaned = false;

	while (i == PROCESSES) {
		long none = 0;

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

void pure_run_enter(int process)
{
	enter(in_space(process));
}

static void enter_self(void)
{
	kit_find_space();
	enter(in_space(getpid()));
}

/*
 * Does a process of OF live? Those of namespaces in that of the run end with
 * their first one, which has a number there too.
 */
static bool lives(const struct run *of)
{
	const unsigned int space = kit_space()->file;
	unsigned int i;

	for (i = 0; i < PROCESSES; i++) {
		const long process =
			__atomic_load_n(&of->processes[i], __ATOMIC_SEQ_CST);

		if (process &&
		    !(space_of(process) != space && space == of->space) &&
		    pure_run_life(process) != PURE_HAS_ENDED)
			return true;
	}
	return false;
}

/* Is the file FD, of a run, without a process that lives? */
static bool is_left(int fd)
{
	struct stat status;
	void *memory;
	bool left;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) ||
	    status.st_uid != geteuid() || status.st_ctime >= time(NULL) - OLD)
		return false;
	if (status.st_size < OWN_AT)
		return true;
	memory = mmap(NULL, OWN_AT, PROT_READ, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED)
		return false;
	left = !lives(memory);
	munmap(memory, OWN_AT);
	return left;
}

/* Remove FILE, of DIRECTORY, if it is a run's of which nobody is left. */
static void remove_if_left(int directory, const char *file)
{
	const int fd = openat(directory, file,
			      O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return;
	if (is_left(fd))
		unlinkat(directory, file, 0);
	close(fd);
}

static void remove_what_is_left(const char *directory, const char *name)
{
	DIR *files = opendir(directory);
	struct dirent *entry;
	char start[64];

	snprintf(start, sizeof(start), "purecc-%s-", name);
	while (files && (entry = readdir(files)))
		if (strncmp(entry->d_name, start, strlen(start)) == 0)
			remove_if_left(dirfd(files), entry->d_name);
	if (files)
		closedir(files);
}

/* The file in DIRECTORY. */
static const char *path_in(const char *directory, char room[PATH_ROOM])
{
	snprintf(room, PATH_ROOM, "%s/%s", directory, file_name);
	return room;
}

static int open_in(const char *directory, int flags)
{
	char path[PATH_ROOM];

	return open(path_in(directory, path),
		    O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
}

static int open_shared(const char *name, bool *first)
{
	int fd = -1;
	size_t i;

	for (i = 0; i < DIRECTORIES && fd < 0; i++) {
		fd = open_in(directories[i], O_CREAT | O_EXCL);
		*first = fd >= 0;
		if (*first)
			remove_what_is_left(directories[i], name);
		else if (errno == EEXIST)
			return open_in(directories[i], 0);
	}
	return fd;
}

static void remove_file(void)
{
	const int error = errno;
	char path[PATH_ROOM];
	size_t i;

	for (i = 0; i < DIRECTORIES; i++)
		unlink(path_in(directories[i], path));
	errno = error;
}

/*
 * Is FD a file of this user's, or root's to look at? Give it SIZE bytes. A
 * limit is an error, and no signal (setrlimit(2)).
 */
static bool prepare(int fd, size_t size)
{
	struct rlimit limit;
	struct stat status;

	if (fstat(fd, &status) != 0)
		return false;
	errno = EACCES;
	if (status.st_uid != geteuid() && geteuid() != 0)
		return false;
	if ((size_t)status.st_size == size)
		return true;
	errno = EFBIG;
	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < size)
		return false;
	/* A file system that is full is an error now, and no signal later. */
	while ((errno = posix_fallocate(fd, 0, (off_t)size)) == EINTR)
		;
	return errno == 0;
}

/* In MEMORY, as mmap gives it. Returns the handler's own part, or NULL. */
static void *join(void *memory)
{
	if (memory == MAP_FAILED)
		return NULL;
	run = memory;
	enter_self();
	if (!run->space)
		run->space = kit_space()->file;
	errno = pthread_atfork(NULL, NULL, enter_self);
	return errno ? NULL : (char *)memory + OWN_AT;
}

void *pure_run_join(const char *name, long start, size_t size, bool *first)
{
	void *memory = MAP_FAILED;
	bool kept;
	int fd;

	*first = !start;
	if (!start)
		return join(mmap(NULL, OWN_AT + size, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	snprintf(file_name, sizeof(file_name), "purecc-%s-%ld", name, start);
	fd = kit_kept_descriptor ? kit_kept_descriptor(file_name) : -1;
	kept = fd >= 0;
	continues = kept;
	if (!kept)
		fd = open_shared(name, first);
	if (fd < 0)
		return NULL;
	/* It is all zeros, and its size is the same for all. */
	if (kept || prepare(fd, OWN_AT + size))
		memory = mmap(NULL, OWN_AT + size, PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
	if (!kept && (!kit_keep_descriptor || memory == MAP_FAILED))
		close(fd);
	else if (!kept)
		kit_keep_descriptor(file_name, fd);
	if (memory == MAP_FAILED && *first)
		remove_file();
	return join(memory);
}

bool pure_run_continues(void)
{
	return continues;
}

bool pure_run_leave(void)
{
	const unsigned int i = find(in_space(getpid()));

	/* The child of a vfork isn't there. */
	if (i == PROCESSES)
		return false;
	__atomic_store_n(&run->processes[i], 0, __ATOMIC_SEQ_CST);
	if (lives(run) || __atomic_exchange_n(&run->ended, 1, __ATOMIC_SEQ_CST))
		return false;
	if (*file_name)
		remove_file();
	return true;
}
