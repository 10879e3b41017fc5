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

#include "trace.h"

/* "PID:TID " in front, and ") = RESULT\n" at the end. */
#define FRONT_ROOM 24
#define BACK_ROOM 64

/* What a string may take of the line, so that a second one has room. */
#define STRING_ROOM 440

/* As in a C string. */
static void put_escaped(struct pure_text *line, unsigned char c)
{
	if (c == '"' || c == '\\') {
		pure_put_char(line, '\\');
		pure_put_char(line, c);
	} else if (c == '\n') {
		pure_put(line, "\\n");
	} else if (c >= ' ' && c <= '~') {
		pure_put_char(line, c);
	} else {
		pure_put_char(line, '\\');
		pure_put_char(line, '0' + (c >> 6));
		pure_put_char(line, '0' + (c >> 3 & 7));
		pure_put_char(line, '0' + (c & 7));
	}
}

/*
 * Write the string at ADDRESS in quotes: "begin"... if it is too long. Returns
 * false if it can't be read.
 */
static bool put_string(struct pure_text *line, unsigned long address)
{
	char string[STRING_ROOM];
	long length = pure_read_string(string, sizeof(string), address), i;

	if (length < 0)
		return false;
	pure_put_char(line, '"');
	for (i = 0; i < length; i++)
		put_escaped(line, string[i]);
	pure_put(line, length < STRING_ROOM ? "\"" : "\"...");
	return true;
}

static void put_argument(struct pure_text *line, int kind, long value)
{
	switch (kind) {
	case PURE_KIND_DIRFD:
		if ((int)value == AT_FDCWD) {
			pure_put(line, "AT_FDCWD");
			break;
		}
		/* fall through */
	case PURE_KIND_FD:
	case PURE_KIND_INT:
	case PURE_KIND_ID:
	case PURE_KIND_SIGNAL:
		pure_put_signed(line, (int)value);
		break;
	case PURE_KIND_LONG:
	case PURE_KIND_OFFSET:
		pure_put_signed(line, value);
		break;
	case PURE_KIND_ULONG:
	case PURE_KIND_UINT:
		pure_put_unsigned(line, value);
		break;
	case PURE_KIND_MODE:
		pure_put_octal(line, (unsigned int)value);
		break;
	case PURE_KIND_PATH:
	case PURE_KIND_STRING:
		if (value && put_string(line, value))
			break;
		/* fall through */
	default:
		pure_put_hex(line, value);
	}
}

void line_call(struct line *line, long number, long nr, const long *arguments)
{
	const struct pure_call *call = pure_call(number);
	struct pure_text *text = &line->text;
	int i;

	text->data = line->room + FRONT_ROOM;
	text->end = 0;
	text->size = LINE_SIZE - FRONT_ROOM - BACK_ROOM;
	if (call->name) {
		pure_put(text, call->name);
	} else {
		pure_put(text, "syscall_");
		pure_put_signed(text, number);
	}
	pure_put_char(text, '(');
	/* A call by syscall(2) has six, however many it needs. */
	for (i = 0; i < call->count && i < nr; i++) {
		if (i)
			pure_put(text, ", ");
		put_argument(text, call->arguments[i].kind, arguments[i]);
	}
	text->size += BACK_ROOM;
	pure_put(text, ") = ");
}

static void put_caller(struct line *line)
{
	long process = PURE_OWN_CALL(SYS_getpid, 0, 0);
	long thread = PURE_OWN_CALL(SYS_gettid, 0, 0);
	char room[FRONT_ROOM];
	struct pure_text front = PURE_TEXT(room);

	pure_put_signed(&front, process);
	if (thread != process) {
		pure_put_char(&front, ':');
		pure_put_signed(&front, thread);
	}
	pure_put_char(&front, ' ');
	line->text.data -= front.end;
	line->text.end += front.end;
	line->text.size += front.end;
	memcpy(line->text.data, front.data, front.end);
}

void line_result(struct line *line, long number, long result)
{
	const char *error = NULL;

	/* The kernel's errors. The names are a table: no lock, no locale. */
	if (result >= -4095 && result < 0)
		error = strerrorname_np(-result);
	if (error) {
		pure_put_char(&line->text, '-');
		pure_put(&line->text, error);
	} else if (result > 0 &&
		   pure_call(number)->result == PURE_RESULT_addr) {
		pure_put_hex(&line->text, result);
	} else {
		pure_put_signed(&line->text, result);
	}
	pure_put_char(&line->text, '\n');
	put_caller(line);
}

void line_no_result(struct line *line)
{
	pure_put(&line->text, "?\n");
	put_caller(line);
}

void line_silent(struct line *line, enum pure_sandbox sandbox)
{
	struct pure_text *text = &line->text;

	text->data = line->room + FRONT_ROOM;
	text->end = 0;
	text->size = LINE_SIZE - FRONT_ROOM;
	pure_put(text, "trace: silent from here on, unless that fails: ");
	pure_put(text, sandbox == PURE_SANDBOX_PROCESS ? "the process" :
							 "the thread");
	pure_put(text, " sandboxes itself\n");
	put_caller(line);
}
