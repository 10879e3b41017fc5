/*
 * kit: the program's memory, read and written by the kernel, which says EFAULT
 * where we would be killed; or read here, where the kernel says that it is
 * there and nobody else can take it away.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "kit.h"

/* Where a page ends, what comes next may not be there. */
#define PAGE_SIZE 4096UL

/* What is copied here, at most; the kernel copies more at a time. */
#define MOST_COPIED (4 * PAGE_SIZE)

/*
 * Strings are read in blocks of this size, and aligned to it: none crosses
 * the end of a page, after which there may be nothing.
 */
#define BLOCK_SIZE 256

/*
 * Can all of it be read? The kernel reads a set of signals before it looks at
 * what is to be done with it, which is nothing.
 */
static bool readable(unsigned long address, size_t size)
{
	const unsigned long end = address + size;
	unsigned long at;

	for (at = address & -PAGE_SIZE; at < end; at += PAGE_SIZE)
		if (PURE_OWN_CALL(SYS_rt_sigprocmask, -1,
				  at < address ? address & -8UL : at, NULL,
				  8) != -EINVAL)
			return false;
	return end > address;
}

/*
 * May it be copied here? That takes a tenth of the time of the kernel's
 * copying, but another thread could take the memory away in between.
 */
static bool may_copy(unsigned long address, size_t size)
{
	return kit_alone() && size <= MOST_COPIED && readable(address, size);
}

static size_t transfer(long number, void *here, unsigned long there,
		       size_t size)
{
	struct iovec local = { here, size };
	struct iovec remote = { (void *)there, size };
	long done = PURE_OWN_CALL(number, kit_process(), &local, 1, &remote, 1);

	return done < 0 ? 0 : (size_t)done;
}

size_t pure_read(void *to, unsigned long address, size_t size)
{
	if (!may_copy(address, size))
		return transfer(SYS_process_vm_readv, to, address, size);
	memcpy(to, (const void *)address, size);
	return size;
}

size_t pure_write(unsigned long address, const void *from, size_t size)
{
	return transfer(SYS_process_vm_writev, (void *)from, address, size);
}

long pure_read_string(char *to, size_t size, unsigned long address)
{
	size_t done = 0;

	while (done < size) {
		size_t part = BLOCK_SIZE - (address + done) % BLOCK_SIZE;
		const char *end;

		if (part > size - done)
			part = size - done;
		part = pure_read(to + done, address + done, part);
		if (!part)
			return -1;
		end = memchr(to + done, '\0', part);
		if (end)
			return end - to;
		done += part;
	}
	return (long)size;
}
