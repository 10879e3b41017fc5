/*
 * inject: the lines of :log.
 *
 *   1.2 read 3 read(3, 0x5581f0, 512) = -1 EIO (Input/output error) (INJECTED)
 *
 * the thread, the call, how often the thread has made it, and what strace
 * writes.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>

#include "inject.h"

/* Of a line, for its parts after the call: the result, the mark, the stack. */
#define RESULT_ROOM 512
#define MARK_ROOM 64
#define STACK_ROOM (2 * 4096)

/* So many frames of a stack are written. */
#define STACK 32

static bool on;
static struct pure_show_options how;

int log_start(const char *file, pure_handler_t handler)
{
	const int error = pure_output_open("inject", *file ? file : NULL);

	how = pure_show_default;
	how.column = 0;
	pure_sandbox_init(handler);
	on = !error;
	return error ? error : atexit(pure_output_report) ? -ENOMEM : 0;
}

bool log_is_on(void)
{
	return on;
}

/* What there is of a line before the call; the end has room of its own. */
void log_call(struct logged *line, const struct injection *injection,
	      long number, const long *a)
{
	const struct thread *thread = thread_own();
	const char *name = pure_call(number)->name;

	line->begun = on && pure_sandbox_begin();
	if (!line->begun)
		return;
	line->injection = injection;
	line->text = (struct pure_text){
		line->room, 0, sizeof(line->room) - STACK_ROOM - RESULT_ROOM
	};
	pure_put(&line->text, thread ? thread->name : "?");
	pure_put_char(&line->text, ' ');
	if (name) {
		pure_put(&line->text, name);
	} else {
		pure_put(&line->text, "syscall_");
		pure_put_hex(&line->text, (unsigned long)number);
	}
	pure_put_char(&line->text, ' ');
	pure_put_unsigned(&line->text, injection->time);
	pure_put_char(&line->text, ' ');
	pure_show_call(&line->show, &line->text, &how, number, a);
	pure_sandbox_end();
}

/* The frames of the stack, a line each. */
static void put_stack(struct pure_text *text)
{
	struct pure_frame frames[STACK];
	const unsigned int count = pure_stack(frames, STACK);
	unsigned int i;

	for (i = 0; i < count; i++)
		pure_show_frame(text, &frames[i]);
}

/* The line is whole but for its end: what has been injected, if the call has
 * returned. */
static void write_line(struct logged *line, bool returned)
{
	line->text.size = sizeof(line->room) - STACK_ROOM + MARK_ROOM;
	if (returned)
		injection_put(&line->text, line->injection);
	pure_put_char(&line->text, '\n');
	line->text.size = sizeof(line->room);
	if (line->injection->stack)
		put_stack(&line->text);
	/* One that is full has an end too. */
	if (line->text.data[line->text.end - 1] != '\n')
		line->text.data[line->text.end - 1] = '\n';
	pure_output_write(&line->text);
}

void log_no_result(struct logged *line)
{
	if (!line->begun || !pure_sandbox_begin())
		return;
	line->text.size += RESULT_ROOM;
	pure_show_no_result(&line->show, &line->text);
	write_line(line, false);
	pure_sandbox_end();
	line->begun = false;
}

void log_result(struct logged *line, long result)
{
	if (!line->begun || !pure_sandbox_begin())
		return;
	line->text.size += RESULT_ROOM;
	pure_show_result(&line->show, &line->text, result);
	write_line(line, true);
	pure_sandbox_end();
}

static long unlisted(long number, const long *a, long result)
{
	if (!pure_sandbox_begin())
		return result;
	result = pure_output_unlisted(number, a, result);
	pure_sandbox_end();
	return result;
}

long log_pass(long number, const long *a)
{
	enum pure_sandbox sandbox;
	bool hidden;

	if (!pure_sandbox_begin())
		return pure_sandbox_pass_silently(number, a);
	sandbox = pure_sandbox_started(number, a);
	if (sandbox != PURE_SANDBOX_NONE)
		pure_sandbox_prepare(sandbox);
	pure_output_before(number, a);
	hidden = pure_output_named(number, a, NULL);
	pure_sandbox_end();
	return hidden ? -ENOENT :
			unlisted(number, a,
				 pure_sandbox_pass(number, a, sandbox));
}
