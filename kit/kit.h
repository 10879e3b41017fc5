/*
 * kit: what its sources share and handlers don't see.
 *
 * A handler runs wherever a system call can be made, so nothing here calls
 * malloc, stdio, ctype.h or whatever else isn't async-signal-safe once the
 * handler is installed, nothing touches errno, and buffers are small: the
 * stack may be that of a signal handler.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef KIT_H
#define KIT_H 1

#include <purecc-handler.h>
#include <sys/syscall.h>

#pragma GCC visibility push(hidden)

/* What the kernel knows this process by, by the number of any thread. */
static inline long kit_process(void)
{
	return pure_thread_id();
}

/* What namespace the process has its number in (pid_namespaces(7)), by its
 * file, or 0; and whether /proc has the numbers of that. Found out when a
 * thread is looked at that is the first of one, or again. */
struct kit_space {
	unsigned int file;
	bool listed;
};
const struct kit_space *kit_space(void);
void kit_find_space(void);

/* Is there no other thread in this memory? False, too, where that isn't known,
 * or the program's signals may come in between. */
bool kit_alone(void);

/* The I-th name of those that other ABIs have a call of, and this one hasn't,
 * or NULL behind the last. */
const char *kit_call_elsewhere(size_t i);

/* The descriptor of USE that the program before has kept, or -1; have FD, which
 * is closed, kept for USE, and hidden as the output's. One at most. */
int kit_kept_descriptor(const char *use);
int kit_keep_descriptor(const char *use, int fd);

#pragma GCC visibility pop

#endif
