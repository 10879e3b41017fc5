/*
 * kit: a value for each descriptor, which goes where the descriptor goes.
 *
 * A process has a table in its memory, which a fork copies. The child of a
 * vfork shares the memory and not the descriptors, so it has a table of its own
 * until it is over. To what is executed the table goes in a file without a name
 * that is open then. Who gets a descriptor from another process finds its value
 * in memory that the processes of the run share.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/kcmp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit.h"

/* As many as the kernel lets a process have, unless it is told otherwise. */
#define MOST_FDS (1 << 20)
#define TABLE_SIZE (MOST_FDS * sizeof(unsigned long))

/* Where the file of what is executed is: above what programs ask for. */
#define HANDED_AT 1000

static unsigned long *own_table;
/* Of the child of a vfork that this thread waits for. */
static __thread unsigned long *child_table;
static __thread int handed = -1;
/* No descriptor from here on has a value. */
static int end_of_values;
static char file_name[32];

/* What other processes may get: who has which value for which file. */
struct holder {
	/* 0: free, or being written; the latest is the largest. */
	unsigned long turn;
	int process, fd;
	unsigned long device, inode, value;
};

#define HOLDERS 8192
/* How many places one may be at. */
#define WINDOW 32

static struct shared {
	unsigned long turn;
	struct holder holders[HOLDERS];
} * shared;

/* All zeros, and there when it is used. pure_own_call has no sixth argument: 0.
 */
static long kit_memory(size_t size)
{
	return PURE_OWN_CALL(SYS_mmap, NULL, size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
}

static unsigned long *table(void)
{
	return child_table ? child_table : own_table;
}

static bool in_table(int fd)
{
	return fd >= 0 && fd < MOST_FDS;
}

unsigned long pure_fd_value(int fd)
{
	return in_table(fd) ? __atomic_load_n(&table()[fd], __ATOMIC_RELAXED) :
			      0;
}

static struct holder *holder_at(int process, int fd, unsigned int i)
{
	unsigned int first = (unsigned int)process * 31 + (unsigned int)fd;

	return &shared->holders[(first + i) % HOLDERS];
}

/* The place of FD of this process, a free one, or the oldest. */
static struct holder *place_of(int process, int fd)
{
	struct holder *best = NULL;
	unsigned int i;

	for (i = 0; i < WINDOW; i++) {
		struct holder *holder = holder_at(process, fd, i);
		if (holder->process == process && holder->fd == fd)
			return holder;
		if (!best || holder->turn < best->turn)
			best = holder;
	}
	return best;
}

static void let_know(int fd, unsigned long value)
{
	const int process = (int)kit_process();
	struct holder *holder = place_of(process, fd);
	unsigned long turn = holder->turn;
	struct stat status;

	if (PURE_OWN_CALL(SYS_fstat, fd, &status) != 0 ||
	    !__atomic_compare_exchange_n(&holder->turn, &turn, 0, false,
					 __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	holder->process = process;
	holder->fd = fd;
	holder->device = status.st_dev;
	holder->inode = status.st_ino;
	holder->value = value;
	__atomic_store_n(&holder->turn,
			 __atomic_add_fetch(&shared->turn, 1, __ATOMIC_RELAXED),
			 __ATOMIC_RELEASE);
}

static void set_value(int fd, unsigned long value)
{
	int end = __atomic_load_n(&end_of_values, __ATOMIC_RELAXED);

	if (!in_table(fd) || table()[fd] == value)
		return;
	__atomic_store_n(&table()[fd], value, __ATOMIC_RELAXED);
	while (value && fd >= end &&
	       !__atomic_compare_exchange_n(&end_of_values, &end, fd + 1, true,
					    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

void pure_fd_set_value(int fd, unsigned long value)
{
	set_value(fd, value);
	if (value && in_table(fd))
		let_know(fd, value);
}

/* Is HOLDER's what this process has as FD? -1: it has been closed. */
static int is_holders(const struct holder *holder, int fd)
{
	long order = PURE_OWN_CALL(SYS_kcmp, holder->process, kit_process(),
				   KCMP_FILE, holder->fd, fd);

	if (order < 0)
		return order == -EBADF || order == -ESRCH ? -1 : 0;
	return order == 0;
}

/* FD comes from another process: one that has it, or the last that had it. */
static void arrive(int fd)
{
	unsigned long latest = 0, value = 0;
	struct stat status;
	unsigned int i;

	if (PURE_OWN_CALL(SYS_fstat, fd, &status) != 0)
		return;
	for (i = 0; i < HOLDERS; i++) {
		struct holder holder = shared->holders[i];
		int same;

		if (!holder.turn || holder.device != status.st_dev ||
		    holder.inode != status.st_ino)
			continue;
		same = is_holders(&holder, fd);
		if (same > 0)
			holder.turn = -1UL;
		if (same && holder.turn > latest) {
			latest = holder.turn;
			value = holder.value;
		}
	}
	pure_fd_set_value(fd, value);
}

/* The descriptors in what a message has brought, of SIZE bytes at ADDRESS. */
static void arrive_by(unsigned long address, size_t size)
{
	struct cmsghdr header;
	int fd;

	while (size >= sizeof(header) &&
	       pure_read(&header, address, sizeof(header)) == sizeof(header) &&
	       header.cmsg_len >= sizeof(header) && header.cmsg_len <= size) {
		const bool rights = header.cmsg_level == SOL_SOCKET &&
				    header.cmsg_type == SCM_RIGHTS;
		size_t at = CMSG_LEN(0), step = CMSG_ALIGN(header.cmsg_len);

		for (; rights && at + sizeof(fd) <= header.cmsg_len;
		     at += sizeof(fd))
			if (pure_read(&fd, address + at, sizeof(fd)) ==
			    sizeof(fd))
				arrive(fd);
		if (step >= size)
			return;
		address += step;
		size -= step;
	}
}

static void arrive_by_messages(unsigned long address, long count, size_t stride)
{
	struct msghdr header;

	for (; count > 0; count--, address += stride)
		if (pure_read(&header, address, sizeof(header)) ==
		    sizeof(header))
			arrive_by((unsigned long)header.msg_control,
				  header.msg_controllen);
}

static void clear(unsigned int first, unsigned int last)
{
	unsigned int end =
		(unsigned int)__atomic_load_n(&end_of_values, __ATOMIC_RELAXED);

	for (; first <= last && first < end; first++)
		set_value((int)first, 0);
}

/* Does call NUMBER make a process that shares memory, and not descriptors? */
static bool shares_memory(long number, const long *a)
{
	const unsigned long flags = CLONE_VM | CLONE_FILES | CLONE_THREAD;
	unsigned long given = 0;

	if (number == SYS_vfork)
		return true;
	if (number == SYS_clone)
		given = (unsigned long)a[0];
	else if (number == SYS_clone3)
		pure_read(&given, (unsigned long)a[0], sizeof(given));
	return (given & flags) == CLONE_VM;
}

static void begin_child(void)
{
	long memory = kit_memory(TABLE_SIZE);

	if (memory < 0)
		return;
	memcpy((void *)memory, own_table,
	       (size_t)end_of_values * sizeof(*own_table));
	child_table = (unsigned long *)memory;
}

static void end_child(void)
{
	if (!child_table)
		return;
	PURE_OWN_CALL(SYS_munmap, child_table, TABLE_SIZE);
	child_table = NULL;
	/* What it has handed on is open in it alone. */
	handed = -1;
}

/* A descriptor and its value, as it is handed on. */
struct pair {
	long fd;
	unsigned long value;
};

/* Write what stays open in a file that stays open. */
static void hand_on(void)
{
	const int end = end_of_values;
	long file = -1, copy;
	struct pair pair;
	int fd;

	for (fd = 0; fd < end; fd++) {
		pair.fd = fd;
		pair.value = table()[fd];
		if (!pair.value || PURE_OWN_CALL(SYS_fcntl, fd, F_GETFD) != 0)
			continue;
		if (file < 0)
			file = PURE_OWN_CALL(SYS_memfd_create, file_name, 0);
		PURE_OWN_CALL(SYS_write, file, &pair, sizeof(pair));
	}
	if (file < 0)
		return;
	copy = PURE_OWN_CALL(SYS_fcntl, file, F_DUPFD, HANDED_AT);
	if (copy >= 0)
		PURE_OWN_CALL(SYS_close, file, 0);
	handed = (int)(copy >= 0 ? copy : file);
}

static void take_back(void)
{
	if (handed >= 0)
		PURE_OWN_CALL(SYS_close, handed, 0);
	handed = -1;
}

/* FD is what the program before has handed on. */
static void take_over(int fd)
{
	struct pair pair;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return;
	while (read(fd, &pair, sizeof(pair)) == (ssize_t)sizeof(pair))
		pure_fd_set_value((int)pair.fd, pair.value);
	close(fd);
}

static void find_handed(void)
{
	DIR *directory = opendir("/proc/self/fd");
	char name[64], link[64];
	struct dirent *entry;
	int found = -1;

	snprintf(name, sizeof(name), "/memfd:%s (deleted)", file_name);
	while (directory && found < 0 && (entry = readdir(directory))) {
		ssize_t length = readlinkat(dirfd(directory), entry->d_name,
					    link, sizeof(link) - 1);
		link[length < 0 ? 0 : length] = '\0';
		if (strcmp(link, name) == 0)
			found = atoi(entry->d_name);
	}
	if (directory)
		closedir(directory);
	if (found >= 0)
		take_over(found);
}

int pure_fds_start(const char *name, void *memory)
{
	long table_memory = kit_memory(TABLE_SIZE);

	if (table_memory < 0)
		return (int)table_memory;
	own_table = (unsigned long *)table_memory;
	shared = memory;
	snprintf(file_name, sizeof(file_name), "purecc-%.16s", name);
	find_handed();
	return 0;
}

const size_t pure_fds_size = sizeof(struct shared);

void pure_fds_before(long number, const long *a)
{
	switch (number) {
	case SYS_close:
		clear((unsigned int)a[0], (unsigned int)a[0]);
		break;
	case SYS_close_range:
		if (!(a[2] & CLOSE_RANGE_CLOEXEC))
			clear((unsigned int)a[0], (unsigned int)a[1]);
		break;
	case SYS_execve:
	case SYS_execveat:
		hand_on();
		break;
	case SYS_vfork:
	case SYS_clone:
	case SYS_clone3:
		if (shares_memory(number, a))
			begin_child();
		break;
	}
}

void pure_fds_after(long number, const long *a, long result)
{
	const int command = (int)a[1];

	switch (number) {
	case SYS_execve:
	case SYS_execveat:
		take_back();
		return;
	case SYS_vfork:
	case SYS_clone:
	case SYS_clone3:
		end_child();
		return;
	}
	if (result < 0)
		return;
	switch (number) {
	case SYS_fcntl:
		if (command != F_DUPFD && command != F_DUPFD_CLOEXEC)
			return;
		/* fall through */
	case SYS_dup:
	case SYS_dup2:
	case SYS_dup3:
		pure_fd_set_value((int)result, pure_fd_value((int)a[0]));
		return;
	case SYS_pidfd_getfd:
		arrive((int)result);
		return;
	case SYS_recvmsg:
		arrive_by_messages((unsigned long)a[1], 1, 0);
		return;
	case SYS_recvmmsg:
		arrive_by_messages((unsigned long)a[1], result,
				   sizeof(struct mmsghdr));
		return;
	}
}
