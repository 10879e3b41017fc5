/*
 * redirect: calls that give the name of a file. The program gets the one that
 * it sees the file by.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

#include "redirect.h"

static long give(unsigned long address, const char *name, size_t size)
{
	return pure_write(address, name, size) == size ? (long)size : -EFAULT;
}

/* With its NUL, as the kernel's. */
static long get_directory(const long *a)
{
	char name[PURE_PATH_SIZE];
	long result = pure_native_syscall(SYS_getcwd, (long)name, sizeof(name),
					  0, 0, 0, 0);

	if (result <= 0)
		return result;
	if (*name == '/')
		map_view.outside(name);
	result = (long)strlen(name) + 1;
	return (unsigned long)result > (unsigned long)a[1] ?
		       -ERANGE :
		       give(a[0], name, result);
}

/* Arguments from PLACE on are the path, the memory and its size. */
static long read_link(long number, const long *a, int place)
{
	char name[PURE_PATH_SIZE];
	struct pure_path path;
	long result, b[PURE_ARGUMENTS];
	const long size = (int)a[place + 2];

	if (!pure_walk_argument(&path, &map_view, number, a, place) ||
	    !pure_path_is_magic(path.real) || size <= 0)
		return pure_view_pass(&map_view, number, a);
	memcpy(b, a, sizeof(b));
	b[place + 1] = (long)name;
	b[place + 2] = sizeof(name) - 1;
	result = pure_view_pass(&map_view, number, b);
	if (result < 0)
		return result;
	name[result] = '\0';
	if (*name == '/')
		map_view.outside(name);
	result = (long)strlen(name);
	return give(a[place + 1], name, result < size ? result : size);
}

static long change_root(const long *a)
{
	long result = pure_view_pass(&map_view, SYS_chroot, a);

	if (result == 0)
		map_end();
	return result;
}

bool name_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_getcwd:
		*result = get_directory(a);
		return true;
	case SYS_readlink:
		*result = read_link(number, a, 0);
		return true;
	case SYS_readlinkat:
		*result = read_link(number, a, 1);
		return true;
	case SYS_chroot:
		*result = change_root(a);
		return true;
	}
	return false;
}
