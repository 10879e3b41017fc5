/*
 * kit: a call as strace shows it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>

#include "show.h"

const struct pure_show_options pure_show_default = { .string_size = 32,
						     .column = 40 };

void kit_put_address(struct pure_show *show, unsigned long address)
{
	if (address)
		pure_put_hex(show->text, address);
	else
		pure_put(show->text, "NULL");
}

/* What comes after the events that aren't there isn't shown either. */
static bool has_failed_early(const struct pure_show *show)
{
	return kit_failed(show) && (show->number == SYS_epoll_pwait ||
				    show->number == SYS_epoll_pwait2);
}

bool kit_fetch(struct pure_show *show, void *to, unsigned long address,
	       size_t size)
{
	if (address && !has_failed_early(show) &&
	    !pure_set_has(&show->options->plain, show->number) &&
	    pure_read(to, address, size) == size)
		return true;
	kit_put_address(show, address);
	return false;
}

void kit_put_name(struct pure_show *show, const char *name)
{
	struct pure_text *text = show->text;

	if (text->end && text->data[text->end - 1] != '{')
		pure_put(text, ", ");
	pure_put(text, name);
	pure_put_char(text, '=');
}

unsigned long kit_size(const struct pure_show *show, int i)
{
	int size = show->call->arguments[i].size;
	int kind;

	if (!size)
		return 0;
	kind = show->call->arguments[size - 1].kind;
	return kind == PURE_KIND_INT || kind == PURE_KIND_UINT ?
		       (unsigned int)show->arguments[size - 1] :
		       (unsigned long)show->arguments[size - 1];
}

static bool is_raw(const struct pure_show *show)
{
	return pure_set_has(&show->options->raw, show->number);
}

/* Does the call set what argument I points to, so that it is shown after it? */
static bool comes_later(const struct pure_show *show, int i)
{
	return !is_raw(show) && kit_comes_later(show, i);
}

/* Show argument I after COMMA; one that isn't there takes that with it. */
static void put_argument(struct pure_show *show, int i, const char *comma)
{
	const unsigned int before = show->text->end;
	unsigned int start;

	if (show->call->arguments[i].kind == PURE_KIND_SKIP)
		return;
	pure_put(show->text, comma);
	start = show->text->end;
	if (is_raw(show))
		pure_put_hex(show->text, show->arguments[i]);
	else
		kit_show_argument(show, i);
	if (show->text->end == start)
		show->text->end = before;
}

/*
 * Show arguments: all of them, if ALL. The comma before the first that comes
 * later is shown with those before it.
 */
static void put_arguments(struct pure_show *show, bool all)
{
	for (; show->next < show->call->count; show->next++) {
		const int i = show->next;
		const bool later = comes_later(show, i);
		const bool first = later && kit_comma_comes_first(show, i);

		if (later && !all) {
			pure_put(show->text, i && first ? ", " : "");
			show->comma = first;
			break;
		}
		put_argument(show, i, i && !show->comma ? ", " : "");
		show->comma = false;
	}
}

void pure_show_call(struct pure_show *show, struct pure_text *text,
		    const struct pure_show_options *options, long number,
		    const long *arguments)
{
	show->text = text;
	show->options = options;
	show->call = pure_call(number);
	show->arguments = arguments;
	show->number = number;
	show->next = 0;
	show->left = show->comma = show->digit = false;
	show->whole = pure_set_has(&options->whole, number);
	memset(show->kept, 0, sizeof(show->kept));
	if (show->call->name) {
		pure_put(text, show->call->name);
	} else {
		pure_put(text, "syscall_");
		pure_put_hex(text, (unsigned long)number);
	}
	pure_put_char(text, '(');
	put_arguments(show, false);
	if (show->next < show->call->count)
		kit_keep(show);
}

void pure_show_rest(struct pure_show *show)
{
	put_arguments(show, true);
}

static void put_column(struct pure_show *show)
{
	const int wanted = (int)show->options->column - show->column;
	struct pure_text *text = show->text;
	unsigned int room;

	pure_put_bytes(text, ") ", 2);
	room = text->size - text->end;
	if (wanted > (int)text->end) {
		if (room > (unsigned int)wanted - text->end)
			room = (unsigned int)wanted - text->end;
		memset(text->data + text->end, ' ', room);
		text->end += room;
	}
	pure_put_bytes(text, "= ", 2);
}

void kit_put_error(struct pure_show *show, int error)
{
	/* 0 is none, though the C library has a name for it. */
	const char *name = error ? strerrorname_np(error) : NULL;

	if (!name)
		pure_put_unsigned(show->text, (unsigned int)error);
	else
		kit_put_named_int(show, error, name);
}

static void put_error(struct pure_text *text, int error)
{
	const char *name = strerrorname_np(error);

	pure_put(text, "-1 ");
	if (name) {
		pure_put(text, name);
		pure_put(text, " (");
		pure_put(text, strerrordesc_np(error));
		pure_put_char(text, ')');
	} else {
		pure_put(text, "(errno ");
		pure_put_signed(text, error);
		pure_put_char(text, ')');
	}
}

static void put_value(struct pure_show *show, long result)
{
	struct pure_text *text = show->text;

	switch (show->call->result) {
	case PURE_RESULT_fd:
		kit_put_fd(show, (int)result);
		break;
	case PURE_RESULT_addr:
	case PURE_RESULT_hex:
		pure_put_hex(text, result);
		break;
	case PURE_RESULT_octal:
		kit_put_mode(show, (unsigned int)result);
		break;
	case PURE_RESULT_uint:
	case PURE_RESULT_uid:
		pure_put_unsigned(text, result);
		break;
	case PURE_RESULT_fcntl:
	case PURE_RESULT_prctl:
	case PURE_RESULT_persona:
	case PURE_RESULT_sched:
	case PURE_RESULT_sig:
	case PURE_RESULT_time:
	case PURE_RESULT_ioprio:
	case PURE_RESULT_timex:
	case PURE_RESULT_landlock:
		kit_put_result_text(show);
		break;
	default:
		pure_put_signed(text, result);
	}
}

void pure_show_result(struct pure_show *show, struct pure_text *text,
		      long result)
{
	show->text = text;
	show->left = true;
	show->result = result;
	put_arguments(show, true);
	put_column(show);
	if (is_raw(show) && !kit_failed(show))
		pure_put_hex(text, result);
	else if (kit_failed(show))
		put_error(text, (int)-result);
	else
		put_value(show, result);
	if (!is_raw(show))
		kit_put_auxiliary(show);
}

void pure_show_no_result(struct pure_show *show, struct pure_text *text)
{
	show->text = text;
	put_arguments(show, true);
	put_column(show);
	pure_put_char(text, '?');
}
