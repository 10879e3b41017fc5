/*
 * trace: dumps, -e read= and write=. After the line of a call, all bytes that
 * it has read or written, sixteen in a row:
 *
 *    | 00000  68 65 6c 6c 6f 0a                                 hello. |
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "trace.h"

/* Bytes in a row, and the columns that they take. */
#define ROW 16
#define HEX_COLUMNS 49

/* So many rows are written at once, each of so many bytes at most. */
#define ROWS 8
#define ROW_SIZE 100

/* The digits of a row's offset, at least. */
#define OFFSET_DIGITS 5

/* What a call has moved, by which of its arguments. */
enum moved { NOTHING, BYTES, VECTORS, MESSAGE, MESSAGES };

static enum moved has_read(long number)
{
	switch (number) {
	case SYS_read:
	case SYS_pread64:
	case SYS_recvfrom:
	case SYS_mq_timedreceive:
		return BYTES;
	case SYS_readv:
	case SYS_preadv:
	case SYS_preadv2:
		return VECTORS;
	case SYS_recvmsg:
		return MESSAGE;
	case SYS_recvmmsg:
		return MESSAGES;
	}
	return NOTHING;
}

static enum moved has_written(long number)
{
	switch (number) {
	case SYS_write:
	case SYS_pwrite64:
	case SYS_sendto:
	case SYS_mq_timedsend:
		return BYTES;
	case SYS_writev:
	case SYS_pwritev:
	case SYS_pwritev2:
	case SYS_vmsplice:
		return VECTORS;
	case SYS_sendmsg:
		return MESSAGE;
	case SYS_sendmmsg:
		return MESSAGES;
	}
	return NOTHING;
}

static void put_row(struct pure_text *text, unsigned long offset,
		    unsigned int digits, const unsigned char *bytes,
		    unsigned long size)
{
	unsigned int start, i;

	pure_put(text, " | ");
	pure_put_digits(text, offset, 16, digits);
	pure_put_char(text, ' ');
	start = text->end;
	for (i = 0; i < size; i++) {
		pure_put(text, i == ROW / 2 ? "  " : " ");
		pure_put_digits(text, bytes[i], 16, 2);
	}
	while (text->end - start < HEX_COLUMNS)
		pure_put_char(text, ' ');
	pure_put(text, "  ");
	for (i = 0; i < ROW; i++)
		pure_put_char(text, i >= size ? ' ' :
				    bytes[i] >= ' ' && bytes[i] <= '~' ?
						(char)bytes[i] :
						'.');
	pure_put(text, " |\n");
}

/* The digits of the offsets in SIZE bytes. */
static unsigned int offset_digits(unsigned long size)
{
	unsigned int digits = OFFSET_DIGITS;

	while (digits < 16 && (size - 1) >> (4 * digits))
		digits++;
	return digits;
}

static void say_unreadable(unsigned long address, unsigned long size)
{
	char room[ROW_SIZE];
	struct pure_text text = PURE_TEXT(room);

	pure_put(&text, " | <Cannot fetch ");
	pure_put_unsigned(&text, size);
	pure_put(&text, size == 1 ? " byte from pid " : " bytes from pid ");
	pure_put_unsigned(&text, pure_thread_id());
	pure_put(&text, " @");
	pure_put_hex(&text, address);
	pure_put(&text, ">\n");
	state_add(&text);
}

/* SIZE bytes at ADDRESS, as far as they can be read. */
static void dump_bytes(unsigned long address, unsigned long size)
{
	const unsigned int digits = offset_digits(size);
	unsigned char bytes[ROWS * ROW];
	char room[ROWS * ROW_SIZE];
	struct pure_text text = PURE_TEXT(room);
	unsigned long done, now, i;

	for (done = 0; done < size; done += now) {
		text.end = 0;
		now = size - done < sizeof(bytes) ? size - done : sizeof(bytes);
		now = pure_read(bytes, address + done, now);
		if (!now) {
			if (done)
				say_unreadable(address + done, size - done);
			return;
		}
		for (i = 0; i < now; i += ROW)
			put_row(&text, done + i, digits, bytes + i,
				now - i < ROW ? now - i : ROW);
		state_add(&text);
	}
}

/* " * 3 bytes in buffer 0". */
static void say(const char *before, unsigned long count, const char *what,
		unsigned long number)
{
	char room[ROW_SIZE];
	struct pure_text text = PURE_TEXT(room);

	pure_put(&text, before);
	pure_put_unsigned(&text, count);
	pure_put(&text, what);
	pure_put_unsigned(&text, number);
	pure_put_char(&text, '\n');
	state_add(&text);
}

/* COUNT struct iovec at ADDRESS, with SIZE bytes in all. */
static void dump_vectors(unsigned long address, unsigned long count,
			 unsigned long size)
{
	struct iovec vector;
	unsigned long i, now;

	/* All of them have to be there. */
	if (count && pure_read(&vector, address + (count - 1) * sizeof(vector),
			       sizeof(vector)) != sizeof(vector))
		return;
	for (i = 0; i < count; i++) {
		if (pure_read(&vector, address + i * sizeof(vector),
			      sizeof(vector)) != sizeof(vector))
			return;
		now = vector.iov_len < size ? vector.iov_len : size;
		if (!now)
			return;
		size -= now;
		say(" * ", now, " bytes in buffer ", i);
		dump_bytes((unsigned long)vector.iov_base, now);
	}
}

static void dump_message(unsigned long address, unsigned long size)
{
	struct msghdr message;

	if (pure_read(&message, address, sizeof(message)) == sizeof(message))
		dump_vectors((unsigned long)message.msg_iov, message.msg_iovlen,
			     size);
}

/* COUNT struct mmsghdr, of which READ says whether they were received. */
static void dump_messages(unsigned long address, unsigned long count, bool read)
{
	struct mmsghdr message;
	unsigned long i;

	for (i = 0; i < count; i++) {
		if (pure_read(&message, address + i * sizeof(message),
			      sizeof(message)) != sizeof(message))
			return;
		say(" = ", message.msg_hdr.msg_iovlen, " buffers in vector ",
		    i);
		dump_vectors((unsigned long)message.msg_hdr.msg_iov,
			     message.msg_hdr.msg_iovlen,
			     read ? message.msg_len : -1UL);
	}
}

static void dump(enum moved moved, const long *a, long result, bool read)
{
	const unsigned long size = read ? (unsigned long)result : -1UL;

	switch (moved) {
	case NOTHING:
		break;
	case BYTES:
		dump_bytes(a[1], read ? size : (unsigned long)a[2]);
		break;
	case VECTORS:
		dump_vectors(a[1], a[2], size);
		break;
	case MESSAGE:
		dump_message(a[1], size);
		break;
	case MESSAGES:
		dump_messages(a[1], result > 0 ? result : 0, read);
		break;
	}
}

bool dump_is_wanted(long number, const long *a, long result)
{
	const unsigned int fd = (unsigned int)a[0];

	/* What wasn't written is shown as well. */
	return options.some_dumps &&
	       ((pure_set_has(&options.read, fd) && has_read(number) &&
		 pure_status(result) == PURE_SUCCESSFUL) ||
		(pure_set_has(&options.written, fd) && has_written(number)));
}

void dump_write(long number, const long *a, long result)
{
	const enum moved read = has_read(number);

	dump(read != NOTHING ? read : has_written(number), a, result,
	     read != NOTHING);
}
