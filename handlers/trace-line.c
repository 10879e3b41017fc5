/*
 * trace: making a line.
 *
 * The call and its arguments are written when it is made, since the program's
 * memory may be another afterwards. Who made it comes last, in room that is
 * kept in front: a fork comes back in another process.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "trace.h"

/* "PID:TID " in front, and ") = RESULT\n" at the end. */
#define FRONT_ROOM 24
#define BACK_ROOM 64

/* The most digits of a number: 64 bits in octal. */
#define MAX_DIGITS 22

/* What a string may take of the line, so that a second one has room. */
#define STRING_ROOM 440

/*
 * Strings are read in blocks of this size, and aligned to it: none crosses
 * the end of a page, after which there may be nothing.
 */
#define BLOCK_SIZE 128

static void put_char(struct line *line, char c)
{
	if (line->end < line->limit)
		line->text[line->end++] = c;
}

static void put_text(struct line *line, const char *text)
{
	while (*text)
		put_char(line, *text++);
}

/* Write VALUE backwards, so that it ends before END; returns its start. */
static char *digits_before(char *end, unsigned long value, unsigned int base)
{
	do
		*--end = "0123456789abcdef"[value % base];
	while (value /= base);
	return end;
}

static void put_unsigned(struct line *line, unsigned long value,
			 unsigned int base)
{
	char digits[MAX_DIGITS + 1];

	digits[MAX_DIGITS] = '\0';
	put_text(line, digits_before(digits + MAX_DIGITS, value, base));
}

static void put_signed(struct line *line, long value)
{
	unsigned long size = value;

	if (value < 0) {
		put_char(line, '-');
		size = -size;
	}
	put_unsigned(line, size, 10);
}

/* PREFIX says the base, which nobody needs to know of 0. */
static void put_prefixed(struct line *line, const char *prefix,
			 unsigned long value, unsigned int base)
{
	if (value)
		put_text(line, prefix);
	put_unsigned(line, value, base);
}

/* As in a C string. */
static void put_escaped(struct line *line, unsigned char c)
{
	if (c == '"' || c == '\\') {
		put_char(line, '\\');
		put_char(line, c);
	} else if (c == '\n') {
		put_text(line, "\\n");
	} else if (c >= ' ' && c <= '~') {
		put_char(line, c);
	} else {
		put_char(line, '\\');
		put_char(line, '0' + (c >> 6));
		put_char(line, '0' + (c >> 3 & 7));
		put_char(line, '0' + (c & 7));
	}
}

/*
 * Read to the end of the block that ADDRESS is in. The kernel does it, and
 * says EFAULT where we would be killed. Returns the number of bytes, or less
 * than 1 if that memory can't be read.
 */
static long read_block(unsigned long address, char block[BLOCK_SIZE])
{
	size_t size = BLOCK_SIZE - address % BLOCK_SIZE;
	struct iovec here = { block, size };
	struct iovec there = { (void *)address, size };

	return OWN_CALL(SYS_process_vm_readv, OWN_CALL(SYS_getpid, 0, 0), &here,
			1, &there, 1);
}

/*
 * Write the string at ADDRESS in quotes: "begin"... if it is too long. Returns
 * false if it can't be read, and then LINE is as it was.
 */
static bool put_string(struct line *line, unsigned long address)
{
	unsigned int before = line->end, i;
	char block[BLOCK_SIZE];
	long size;

	put_char(line, '"');
	for (;; address += size) {
		size = read_block(address, block);
		if (size <= 0)
			break;
		for (i = 0; i < size && block[i]; i++) {
			put_escaped(line, block[i]);
			if (line->end - before > STRING_ROOM) {
				put_text(line, "\"...");
				return true;
			}
		}
		if (i < size) {
			put_char(line, '"');
			return true;
		}
	}
	line->end = before;
	return false;
}

static void put_argument(struct line *line, char kind, long value)
{
	switch (kind) {
	case KIND_FOLDER:
		if ((int)value == AT_FDCWD) {
			put_text(line, "AT_FDCWD");
			break;
		}
		/* fall through */
	case KIND_DESCRIPTOR:
	case KIND_INT:
		put_signed(line, (int)value);
		break;
	case KIND_LONG:
		put_signed(line, value);
		break;
	case KIND_SIZE:
		put_unsigned(line, value, 10);
		break;
	case KIND_MODE:
		put_prefixed(line, "0", (unsigned int)value, 8);
		break;
	case KIND_STRING:
		if (value && put_string(line, value))
			break;
		/* fall through */
	default:
		put_prefixed(line, "0x", value, 16);
	}
}

void line_call(struct line *line, long number, long nr, const long *arguments)
{
	const char *name = calls_name(number), *kinds = calls_kinds(number);
	/* A call by syscall(2) has six, however many it needs. */
	size_t count = kinds ? strnlen(kinds, MAX_ARGUMENTS) : MAX_ARGUMENTS;
	size_t i;

	line->start = line->end = FRONT_ROOM;
	line->limit = LINE_SIZE - BACK_ROOM;
	if (name) {
		put_text(line, name);
	} else {
		put_text(line, "syscall_");
		put_signed(line, number);
	}
	put_char(line, '(');
	for (i = 0; i < count && i < (size_t)nr; i++) {
		if (i)
			put_text(line, ", ");
		put_argument(line, kinds ? kinds[i] : KIND_ADDRESS,
			     arguments[i]);
	}
	line->limit = LINE_SIZE;
	put_text(line, ") = ");
}

static void put_caller(struct line *line)
{
	long process = OWN_CALL(SYS_getpid, 0, 0);
	long thread = OWN_CALL(SYS_gettid, 0, 0);
	char *front = line->text + line->start;

	*--front = ' ';
	if (thread != process) {
		front = digits_before(front, thread, 10);
		*--front = ':';
	}
	front = digits_before(front, process, 10);
	line->start = front - line->text;
}

void line_result(struct line *line, long number, long result)
{
	const char *error = NULL;

	/* The kernel's errors. The names are a table: no lock, no locale. */
	if (result >= -4095 && result < 0)
		error = strerrorname_np(-result);
	if (error) {
		put_char(line, '-');
		put_text(line, error);
	} else if (result > 0 &&
		   calls_ending(number) == ENDING_RETURNS_ADDRESS) {
		put_prefixed(line, "0x", result, 16);
	} else {
		put_signed(line, result);
	}
	put_char(line, '\n');
	put_caller(line);
}

void line_no_result(struct line *line)
{
	put_text(line, "?\n");
	put_caller(line);
}

void line_silent(struct line *line, enum sandbox sandbox)
{
	line->start = line->end = FRONT_ROOM;
	line->limit = LINE_SIZE;
	put_text(line, "trace: silent from here on, unless that fails: ");
	put_text(line,
		 sandbox == SANDBOX_PROCESS ? "the process" : "the thread");
	put_text(line, " sandboxes itself\n");
	put_caller(line);
}

void line_not_followed(struct line *line, const char *why)
{
	line->start = line->end = FRONT_ROOM;
	line->limit = LINE_SIZE;
	put_text(line, "trace: what is executed isn't followed: ");
	put_text(line, why);
	put_char(line, '\n');
	put_caller(line);
}

void line_lost(struct line *line, unsigned int count, int error)
{
	const char *text = strerrordesc_np(error);

	line->start = line->end = FRONT_ROOM;
	line->limit = LINE_SIZE;
	put_text(line, "trace: ");
	put_unsigned(line, count, 10);
	put_text(line, count == 1 ? " line" : " lines");
	put_text(line, " lost: ");
	put_text(line, text ? text : "unknown error");
	put_char(line, '\n');
}
