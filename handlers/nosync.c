/*
 * nosync: a handler under which nothing waits until data is on disk.
 *
 * The kernel still checks the arguments: each call is made as one that fails in
 * the same way and waits for nothing.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <purecc-handler.h>

/* O_DSYNC is a part of it. */
#define OPEN_FLAGS O_SYNC
#define RANGE_FLAGS                                            \
	(SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | \
	 SYNC_FILE_RANGE_WAIT_AFTER)
#define WRITE_FLAGS (RWF_SYNC | RWF_DSYNC)

/* The longest struct open_how that is looked at. */
#define HOW_SIZE 128

/* sync_file_range without flags looks at its arguments, and does nothing. */
static long look_at(int fd, long offset)
{
	return pure_native_syscall(SYS_sync_file_range, fd, offset, 0, 0, 0, 0);
}

/* It says ESPIPE of what can't be synchronized. */
static long no_fsync(int fd)
{
	long result = look_at(fd, 0);

	return result == -ESPIPE ? -EINVAL : result;
}

/* Any file will do if it is open, which is looked at before the offset. */
static long no_syncfs(int fd)
{
	return look_at(fd, -1) == -EBADF ? -EBADF : 0;
}

/* By MS_ASYNC msync checks, and does nothing else. */
static long no_msync(long address, long size, int flags)
{
	if ((flags & (MS_SYNC | MS_ASYNC)) == MS_SYNC)
		flags ^= MS_SYNC | MS_ASYNC;
	return pure_native_syscall(SYS_msync, address, size, flags, 0, 0, 0);
}

static long open_without(long directory, long path, long how, size_t size)
{
	struct open_how copy[HOW_SIZE / sizeof(struct open_how) + 1];

	if (size >= sizeof(*copy) && size <= HOW_SIZE &&
	    pure_read(copy, how, size) == size) {
		copy->flags &= ~(__u64)OPEN_FLAGS;
		how = (long)copy;
	}
	return pure_native_syscall(SYS_openat2, directory, path, how,
				   (long)size, 0, 0);
}

/* A parameter that the call doesn't have may not be changed. */
static long nosync(long number, long nr, long a1, long a2, long a3, long a4,
		   long a5, long a6)
{
	switch ((int)number) {
	case SYS_sync:
		return 0;
	case SYS_fsync:
	case SYS_fdatasync:
		return no_fsync((int)a1);
	case SYS_syncfs:
		return no_syncfs((int)a1);
	case SYS_msync:
		return no_msync(a1, a2, (int)a3);
	case SYS_sync_file_range:
		return pure_pass(number, nr, a1, a2, a3, a4 & ~RANGE_FLAGS, a5,
				 a6);
	case SYS_open:
		return pure_pass(number, nr, a1, a2 & ~OPEN_FLAGS, a3, a4, a5,
				 a6);
	case SYS_openat:
	case SYS_open_by_handle_at:
		return pure_pass(number, nr, a1, a2, a3 & ~OPEN_FLAGS, a4, a5,
				 a6);
	case SYS_openat2:
		return open_without(a1, a2, a3, (size_t)a4);
	case SYS_pwritev2:
		return pure_pass(number, nr, a1, a2, a3, a4, a5,
				 a6 & ~WRITE_FLAGS);
	}
	return pure_pass(number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_DESCRIPTION("doesn't wait until data is on disk");

PURE_HANDLER_FLAGS((pure_handler_t)(void (*)(void))nosync, pure_no_init,
		   PURE_ON_PROGRAM_STACK);
