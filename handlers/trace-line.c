/*
 * trace: making lines.
 *
 * Where a process can be seen to wait, what is known of its call is written
 * before, and the rest after it; all other lines are written in one piece when
 * the call has returned. What is shown of memory that a call reads is always
 * what was there before it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "trace.h"

/* Room for a line that is no call. */
#define SHORT_LINE 512

/* The columns that a thread's number takes, at least. */
#define ID_COLUMNS 5

static void put_padded(struct pure_text *text, unsigned long value,
		       unsigned int columns)
{
	const unsigned int start = text->end;

	pure_put_unsigned(text, value);
	while (text->end - start < columns)
		pure_put_char(text, ' ');
}

static void put_id(struct pure_text *text, long id)
{
	char room[24];
	struct pure_text digits = PURE_TEXT(room);
	unsigned int columns;

	if (options.who == WHO_NEVER ||
	    (options.who == WHO_SEVERAL && !state_several()))
		return;
	if (options.who == WHO_ALWAYS) {
		put_padded(text, id, ID_COLUMNS);
		pure_put_char(text, ' ');
		return;
	}
	pure_put(text, "[pid ");
	pure_put_unsigned(&digits, id);
	for (columns = digits.end; columns < ID_COLUMNS; columns++)
		pure_put_char(text, ' ');
	pure_put_bytes(text, room, digits.end);
	pure_put(text, "] ");
}

/* DIGITS of the second's part of TIME. */
static void put_fraction(struct pure_text *text, const struct timespec *time,
			 int digits)
{
	unsigned long part = time->tv_nsec;
	int i;

	if (!digits)
		return;
	for (i = digits; i < 9; i++)
		part /= 10;
	pure_put_char(text, '.');
	pure_put_digits(text, part, 10, digits);
}

/* Local time, as -t has it, where the C library is the handler's own. */
static void put_clock(struct pure_text *text, const struct timespec *now)
{
	struct tm parts;

	if (!(pure_isolated() ? localtime_r(&now->tv_sec, &parts) :
				gmtime_r(&now->tv_sec, &parts)))
		return;
	pure_put_digits(text, parts.tm_hour, 10, 2);
	pure_put_char(text, ':');
	pure_put_digits(text, parts.tm_min, 10, 2);
	pure_put_char(text, ':');
	pure_put_digits(text, parts.tm_sec, 10, 2);
}

/* The time since the line before, to NOW. */
static void put_since(struct pure_text *text, const struct timespec *now)
{
	const struct timespec since = state_since(now);
	char room[24];
	struct pure_text digits = PURE_TEXT(room);
	unsigned int i;

	pure_put_unsigned(&digits, since.tv_sec);
	for (i = digits.end; i < 6; i++)
		pure_put_char(text, ' ');
	pure_put_bytes(text, room, digits.end);
	put_fraction(text, &since, options.relative_digits);
	pure_put_char(text, ' ');
}

static void put_times(struct pure_text *text)
{
	struct timespec now;

	if (options.times == TIMES_NO && options.relative_digits < 0)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	if (options.times != TIMES_NO) {
		if (options.times == TIMES_UNIX)
			pure_put_signed(text, now.tv_sec);
		else
			put_clock(text, &now);
		put_fraction(text, &now, options.time_digits);
		pure_put_char(text, ' ');
	}
	if (options.relative_digits >= 0)
		put_since(text, &now);
}

/* Give LINE more room, in memory of the handler's. Is there some? */
static bool enlarge(struct traced *line)
{
	char *more;

	if (!pure_isolated() || line->text.data != line->room)
		return false;
	more = malloc(LONG_LINE_SIZE);
	if (!more)
		return false;
	memcpy(more, line->room, line->text.end);
	line->text.data = more;
	line->text.size = LONG_LINE_SIZE;
	return true;
}

void line_free(struct traced *line)
{
	if (line->text.data != line->room)
		free(line->text.data);
}

/* "[  12] ", at least four columns. */
static void put_number(struct pure_text *text, long number)
{
	char room[24];
	struct pure_text digits = PURE_TEXT(room);
	unsigned int columns;

	if (!options.numbers)
		return;
	pure_put_unsigned(&digits, (unsigned long)number);
	pure_put_char(text, '[');
	for (columns = digits.end; columns < 4; columns++)
		pure_put_char(text, ' ');
	pure_put_bytes(text, room, digits.end);
	pure_put(text, "] ");
}

static void start_text(struct traced *line, long number)
{
	line->text.end = 0;
	put_id(&line->text, line->id);
	put_times(&line->text);
	put_number(&line->text, number);
	line->show.column = 0;
}

void line_call(struct traced *line, long number, const long *arguments)
{
	line->text.data = line->room;
	line->text.size = LINE_SIZE;
	line->id = pure_thread_id();
	line->begun = false;
	line->stack = options.stacks || line->injection->stack;
	start_text(line, number);
	pure_show_call(&line->show, &line->text, &options.show, number,
		       arguments);
	if (line->text.end < line->text.size || !enlarge(line))
		return;
	start_text(line, number);
	pure_show_call(&line->show, &line->text, &options.show, number,
		       arguments);
}

/* The newline is always there. */
static void end_text(struct traced *line)
{
	if (line->text.end == line->text.size)
		line->text.end--;
	pure_put_char(&line->text, '\n');
}

void line_begin(struct traced *line)
{
	if (state_whole()) {
		pure_put(&line->text, " <unfinished ...>");
		end_text(line);
		state_write(&line->text, false);
	} else {
		state_write(&line->text, true);
	}
	line->begun = true;
	line->show.column = (int)line->text.end;
	line->text.end = 0;
}

/* "1234 <... read resumed>": what is left of the call follows. */
static void put_resumed(struct traced *line)
{
	const char *name = line->show.call->name;

	start_text(line, line->show.number);
	pure_put(&line->text, "<... ");
	if (name) {
		pure_put(&line->text, name);
	} else {
		pure_put(&line->text, "syscall_");
		pure_put_hex(&line->text, line->show.number);
	}
	pure_put(&line->text, " resumed>");
}

static void put_duration(struct traced *line)
{
	struct timespec now;
	long time;

	if (options.duration_digits < 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	time = (now.tv_sec - line->start.tv_sec) * 1000000000 + now.tv_nsec -
	       line->start.tv_nsec;
	now.tv_sec = time / 1000000000;
	now.tv_nsec = time % 1000000000;
	pure_put(&line->text, " <");
	pure_put_unsigned(&line->text, now.tv_sec);
	put_fraction(&line->text, &now, options.duration_digits);
	pure_put_char(&line->text, '>');
}

/* Put the rest, to which RESULT points, or which has none. */
static void put_rest(struct traced *line, const long *result)
{
	const struct pure_show show = line->show;
	const unsigned int end = line->text.end;

	if (result)
		pure_show_result(&line->show, &line->text, *result);
	else
		pure_show_no_result(&line->show, &line->text);
	/* If it doesn't fit: once more, with more room. */
	if (line->text.end < line->text.size || !enlarge(line))
		return;
	line->text.end = end;
	line->show = show;
	line->show.text = &line->text;
	if (result)
		pure_show_result(&line->show, &line->text, *result);
	else
		pure_show_no_result(&line->show, &line->text);
}

/* The frames that there is room for. */
static void put_stack(struct traced *line, const struct pure_frame *frames,
		      unsigned int count)
{
	unsigned int i, end;

	if (count)
		enlarge(line);
	for (i = 0; i < count; i++) {
		end = line->text.end;
		pure_show_frame(&line->text, &frames[i]);
		if (line->text.end == line->text.size) {
			line->text.end = end;
			return;
		}
	}
}

/* What is dumped comes between LINE and the stack. */
static void dump(struct traced *line, long result)
{
	if (!line->begun)
		state_resume();
	line->begun = true;
	state_add(&line->text);
	line->text.end = 0;
	dump_write(line->show.number, line->show.arguments, result);
}

static void finish(struct traced *line, const long *result)
{
	struct pure_frame frames[PURE_FRAMES];
	const unsigned int count =
		line->stack ? pure_stack(frames, PURE_FRAMES) : 0;

	if (line->begun && !state_resume())
		put_resumed(line);
	put_rest(line, result);
	if (result) {
		injection_put(&line->text, line->injection);
		put_duration(line);
	}
	end_text(line);
	if (result &&
	    dump_is_wanted(line->show.number, line->show.arguments, *result))
		dump(line, *result);
	put_stack(line, frames, count);
	if (line->begun) {
		if (line->text.end)
			state_add(&line->text);
		state_finish();
	} else {
		state_write(&line->text, false);
	}
}

void line_result(struct traced *line, long result)
{
	finish(line, &result);
}

void line_no_result(struct traced *line)
{
	finish(line, NULL);
}

/* Begin a line of thread ID. */
static void begin_short(struct pure_text *text, long id)
{
	put_id(text, id);
	put_times(text);
}

static void end_short(struct pure_text *text)
{
	if (text->end == text->size)
		text->end--;
	pure_put_char(text, '\n');
	state_write(text, false);
}

void line_exited(int status)
{
	char room[SHORT_LINE];
	struct pure_text text = PURE_TEXT(room);

	if (options.no_exits)
		return;
	begin_short(&text, pure_thread_id());
	pure_put(&text, "+++ exited with ");
	pure_put_signed(&text, status & 0xff);
	pure_put(&text, " +++");
	end_short(&text);
}

void line_killed(long id, int status)
{
	char room[SHORT_LINE];
	struct pure_text text = PURE_TEXT(room);

	if (options.no_exits)
		return;
	begin_short(&text, id);
	pure_put(&text, "+++ killed by ");
	pure_put_signal(&text, WTERMSIG(status));
	pure_put(&text, WCOREDUMP(status) ? " (core dumped) +++" : " +++");
	end_short(&text);
}

/* What a signal has interrupted, in memory of the handler's. */
static void put_interrupted(struct traced *line, const void *context)
{
	struct pure_frame *frames = malloc(PURE_FRAMES * sizeof(*frames));

	if (frames)
		put_stack(line, frames,
			  pure_stack_interrupted(frames, PURE_FRAMES, context));
	free(frames);
}

static void put_taken(struct pure_text *text, int number, unsigned long siginfo)
{
	begin_short(text, pure_thread_id());
	pure_put(text, "--- ");
	pure_put_signal(text, number);
	pure_put_char(text, ' ');
	pure_show_siginfo(text, &options.show, siginfo);
	pure_put(text, " ---");
}

/* It needs more of the program's stack, which may be a signal's own. */
static __attribute__((noinline)) void
signal_with_stack(int number, unsigned long siginfo, const void *context)
{
	struct traced line;

	line.text = (struct pure_text)PURE_TEXT(line.room);
	put_taken(&line.text, number, siginfo);
	end_text(&line);
	put_interrupted(&line, context);
	state_write(&line.text, false);
	line_free(&line);
}

static __attribute__((noinline)) void signal_alone(int number,
						   unsigned long siginfo)
{
	char room[SHORT_LINE];
	struct pure_text text = PURE_TEXT(room);

	put_taken(&text, number, siginfo);
	end_short(&text);
}

void line_signal(int number, unsigned long siginfo, const void *context)
{
	if (!pure_set_has(&options.signals, number))
		return;
	if (options.stacks)
		signal_with_stack(number, siginfo, context);
	else
		signal_alone(number, siginfo);
}

void line_silent(enum pure_sandbox sandbox)
{
	char room[SHORT_LINE];
	struct pure_text text = PURE_TEXT(room);

	begin_short(&text, pure_thread_id());
	pure_put(&text, "trace: silent from here on, unless that fails: ");
	pure_put(&text, sandbox == PURE_SANDBOX_PROCESS ? "the process" :
							  "the thread");
	pure_put(&text, " sandboxes itself");
	end_short(&text);
}

void line_not_followed(const char *why)
{
	char room[SHORT_LINE];
	struct pure_text text = PURE_TEXT(room);

	begin_short(&text, pure_thread_id());
	pure_put(&text, "+++ not followed: ");
	pure_put(&text, why);
	pure_put(&text, " +++");
	end_short(&text);
}

/*
 * The call by which this program was executed has returned here. Its line gets
 * its end; that of the first program, and of one that was executed by what
 * isn't followed, is made of what it was given.
 */
void line_executed(char **argv, char **envp)
{
	const long path = (long)getauxval(AT_EXECFN);
	const long arguments[PURE_ARGUMENTS] = { path, (long)argv, (long)envp };
	const bool wanted =
		!options.some_calls || pure_set_has(&options.calls, SYS_execve);
	const struct injection nothing = { .due = 0 };
	struct traced line = { .injection = &nothing };

	if (!wanted || options.paths.count || options.some_fds ||
	    !line_is_wanted(PURE_SUCCESSFUL))
		return;
	line_call(&line, SYS_execve, arguments);
	if (!state_first() && pure_run_continues() && !options.some_status) {
		line.begun = true;
		line.show.column = state_columns();
		line.text.end = 0;
	}
	/* It is made by the program before. */
	line.stack = false;
	line_result(&line, 0);
	line_free(&line);
}
