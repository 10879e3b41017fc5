/*
 * kit: the program's memory, read and written by the kernel, which says EFAULT
 * where we would be killed.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "kit.h"

/*
 * Strings are read in blocks of this size, and aligned to it: none crosses
 * the end of a page, after which there may be nothing.
 */
#define BLOCK_SIZE 256

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
	return transfer(SYS_process_vm_readv, to, address, size);
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
