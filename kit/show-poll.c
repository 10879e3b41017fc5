/*
 * kit: waiting for descriptors.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "show.h"

/* As many descriptors of a set are looked at. */
#define SET_BYTES 128

KIT_FLAGS(poll);
KIT_FLAGS(epollevents);

static void put_poll(struct pure_show *show, const void *element)
{
	const struct pollfd *one = element;

	pure_put(show->text, "{fd=");
	kit_put_fd(show, one->fd);
	if (one->fd >= 0) {
		pure_put(show->text, ", events=");
		kit_put_flags(show, &kit_flags_poll,
			      (unsigned short)one->events);
	}
	pure_put_char(show->text, '}');
}

void kit_show_inout_pollfds(struct pure_show *show, int i)
{
	kit_put_array(show, show->arguments[i], kit_size(show, i),
		      sizeof(struct pollfd), put_poll);
}

/* Those that are ready: "[{fd=3, revents=POLLIN}]"; without what they are. */
static void put_ready(struct pure_show *show)
{
	const unsigned int count = (unsigned int)show->arguments[1];
	unsigned int i, shown = 0;
	struct pollfd one;

	pure_put_char(show->text, '[');
	for (i = 0; i < count; i++) {
		if (pure_read(&one, show->arguments[0] + i * sizeof(one),
			      sizeof(one)) != sizeof(one))
			break;
		if (!one.revents)
			continue;
		pure_put(show->text, shown ? ", " : "");
		if (shown++ >= show->options->string_size) {
			pure_put(show->text, "...");
			break;
		}
		pure_put(show->text, "{fd=");
		pure_put_signed(show->text, one.fd);
		pure_put(show->text, ", revents=");
		kit_put_flags(show, &kit_flags_poll,
			      (unsigned short)one.revents);
		pure_put_char(show->text, '}');
	}
	pure_put_char(show->text, ']');
}

/* How many bytes the set of so many descriptors has, whole words. */
static size_t set_bytes(const struct pure_show *show)
{
	const long count = (int)show->arguments[0];
	const size_t bytes = count < 0 ? 0 : (size_t)(count + 63) / 64 * 8;

	return bytes < SET_BYTES ? bytes : SET_BYTES;
}

static void put_number(struct pure_show *show, int fd)
{
	pure_put_signed(show->text, fd);
}

static void put_set(struct pure_show *show, const unsigned char *set,
		    void (*put)(struct pure_show *show, int fd))
{
	const char *blank = "";
	int fd;

	pure_put_char(show->text, '[');
	for (fd = 0; fd < (int)show->arguments[0] && fd < SET_BYTES * 8; fd++)
		if (set[fd / 8] >> fd % 8 & 1) {
			pure_put(show->text, blank);
			put(show, fd);
			blank = " ";
		}
	pure_put_char(show->text, ']');
}

void kit_show_inout_fdset(struct pure_show *show, int i)
{
	unsigned char set[SET_BYTES] = { 0 };

	if ((int)show->arguments[0] < 0)
		kit_put_address(show, show->arguments[i]);
	else if (kit_fetch(show, set, show->arguments[i], set_bytes(show)))
		put_set(show, set, kit_put_fd);
}

/* The sets that have some: "in [3], out [5]". */
static const char *put_sets(struct pure_show *show)
{
	static const char *const names[] = { "in ", "out ", "except " };
	const char *comma = "";
	int i;

	for (i = 0; i < 3; i++) {
		unsigned char set[SET_BYTES] = { 0 };
		const size_t bytes = set_bytes(show);
		size_t k;

		if (!show->arguments[i + 1] ||
		    pure_read(set, show->arguments[i + 1], bytes) != bytes)
			continue;
		for (k = 0; k < bytes && !set[k]; k++)
			;
		if (k == bytes)
			continue;
		pure_put(show->text, comma);
		pure_put(show->text, names[i]);
		put_set(show, set, put_number);
		comma = ", ";
	}
	return comma;
}

/* "left {tv_sec=1, tv_nsec=5}" of the timeout that argument I points to. */
static void put_left(struct pure_show *show, const char *comma, int i)
{
	long time[2];

	if (!show->arguments[i] ||
	    pure_read(time, show->arguments[i], sizeof(time)) != sizeof(time))
		return;
	pure_put(show->text, comma);
	pure_put(show->text, "left ");
	kit_put_seconds(show, time[0], time[1],
			show->number == SYS_select ? "tv_usec" : "tv_nsec");
}

static void put_select_result(struct pure_show *show)
{
	pure_put(show->text, " (");
	put_left(show, put_sets(show), 4);
	pure_put_char(show->text, ')');
}

static void put_poll_result(struct pure_show *show)
{
	pure_put(show->text, " (");
	put_ready(show);
	if (show->number == SYS_ppoll)
		put_left(show, ", ", 2);
	pure_put_char(show->text, ')');
}

static void put_messages_result(struct pure_show *show)
{
	pure_put(show->text, " (");
	put_left(show, "", 4);
	pure_put_char(show->text, ')');
}

void kit_put_auxiliary(struct pure_show *show)
{
	const bool poll = show->number == SYS_poll || show->number == SYS_ppoll;
	const bool select =
		show->number == SYS_select || show->number == SYS_pselect6;
	const bool receive = show->number == SYS_recvmmsg;

	if ((!poll && !select && !receive) || kit_failed(show))
		return;
	if (show->result == 0)
		pure_put(show->text, " (Timeout)");
	else if (select)
		put_select_result(show);
	else if (pure_set_has(&show->options->plain, show->number))
		return;
	else if (poll)
		put_poll_result(show);
	else if (show->kept[0])
		put_messages_result(show);
}

static void put_event(struct pure_show *show, const void *element)
{
	const struct epoll_event *event = element;
	const unsigned long data = event->data.u64;

	pure_put(show->text, "{events=");
	kit_put_flags(show, &kit_flags_epollevents, event->events);
	pure_put(show->text, ", data={u32=");
	pure_put_unsigned(show->text, (unsigned int)data);
	pure_put(show->text, ", u64=");
	pure_put_unsigned(show->text, data);
	pure_put(show->text, "}}");
}

void kit_put_epollevents_at(struct pure_show *show, unsigned long address,
			    int i)
{
	(void)i;
	kit_put_array(show, address, show->result, sizeof(struct epoll_event),
		      put_event);
}

void kit_put_epollevent_at(struct pure_show *show, unsigned long address, int i)
{
	struct epoll_event event;

	if ((int)show->arguments[i - 2] == EPOLL_CTL_DEL)
		kit_put_address(show, address);
	else if (kit_fetch(show, &event, address, sizeof(event)))
		put_event(show, &event);
}
