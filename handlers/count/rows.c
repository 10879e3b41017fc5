/*
 * count: the rows of the table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "count.h"

/* How often another process is waited for that names a row. */
#define PATIENCE 100000

struct row *rows;

static unsigned long hash(const char *text)
{
	unsigned long value = 5381;

	while (*text)
		value = value * 33 + (unsigned char)*text++;
	return value;
}

static bool is_named(struct row *row, const char *name)
{
	int i;

	for (i = 0; i < PATIENCE; i++)
		if (__atomic_load_n(&row->state, __ATOMIC_ACQUIRE) == ROW_READY)
			return strncmp(row->name, name,
				       sizeof(row->name) - 1) == 0;
	return false;
}

static void name_row(struct row *row, const char *name)
{
	strncpy(row->name, name, sizeof(row->name) - 1);
	__atomic_store_n(&row->state, ROW_READY, __ATOMIC_RELEASE);
}

static bool take(struct row *row)
{
	int state = ROW_FREE;

	return __atomic_compare_exchange_n(&row->state, &state, ROW_TAKEN,
					   false, __ATOMIC_ACQUIRE,
					   __ATOMIC_RELAXED);
}

/* The row of NAME, sought from place FIRST on. */
static struct row *find(const char *name, unsigned long first)
{
	struct row *rest = &rows[ROWS - 1], *row;
	unsigned long i;

	for (i = 0; i < ROWS - 1; i++) {
		row = &rows[(first + i) % (ROWS - 1)];
		if (take(row)) {
			name_row(row, name);
			return row;
		}
		if (is_named(row, name))
			return row;
	}
	if (take(rest))
		name_row(rest, "others");
	return rest;
}

/* Which argument of CALL is of KIND, or of OTHER; or -1. */
static int find_kind(const struct pure_call *call, int kind, int other)
{
	int i;

	for (i = 0; i < call->count; i++)
		if (call->arguments[i].kind == kind ||
		    call->arguments[i].kind == other)
			return i;
	return -1;
}

static struct row *row_of_call(long number)
{
	char number_name[32];
	struct pure_text text = PURE_TEXT(number_name);
	const char *name = pure_call(number)->name;

	if (!name) {
		pure_put(&text, "syscall_");
		pure_put_hex(&text, (unsigned long)number);
		pure_put_char(&text, '\0');
		name = number_name;
	}
	return find(name, (unsigned long)number);
}

static struct row *row_of_file(long number, const long *a)
{
	const struct pure_call *call = pure_call(number);
	int i = find_kind(call, PURE_KIND_PATH, PURE_KIND_PATH);
	struct pure_path path;

	if (i >= 0 && pure_walk_argument(&path, NULL, number, a, i))
		return find(path.seen, hash(path.seen));
	i = find_kind(call, PURE_KIND_FD, PURE_KIND_DIRFD);
	if (i >= 0 && (int)a[i] >= 0 &&
	    pure_fd_path(path.seen, sizeof(path.seen), (int)a[i]) > 0)
		return find(path.seen, hash(path.seen));
	return find("(none)", 0);
}

static struct row *row_of_fd(long number, const long *a)
{
	const int i =
		find_kind(pure_call(number), PURE_KIND_FD, PURE_KIND_DIRFD);
	char name[32];
	struct pure_text text = PURE_TEXT(name);

	if (i < 0 || (int)a[i] < 0)
		return find("(none)", 0);
	pure_put_signed(&text, (int)a[i]);
	pure_put_char(&text, '\0');
	return find(name, 1 + (unsigned long)(int)a[i]);
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_c_library(const struct pure_frame *frame)
{
	const char *name = frame->file ? last_part(frame->file) : "";

	return strncmp(name, "libc.so.", 8) == 0 ||
	       strncmp(name, "ld-linux", 8) == 0;
}

/* What has called the C library; or of that what has made the call. */
static const struct pure_frame *caller_of(const struct pure_frame *frames,
					  unsigned int count)
{
	unsigned int i = 0;

	while (i < count && is_c_library(&frames[i]))
		i++;
	return i < count ? &frames[i] : count ? frames : NULL;
}

/* "main(main.c:12)", or "main+0x15(ls)" where there is no DWARF. */
static void put_caller(struct pure_text *text, const struct pure_frame *frame)
{
	const struct pure_line *line = frame->line_count ? frame->lines : NULL;
	const char *function = frame->name;

	/* Another is inlined there. */
	if (line && (frame->line_count > 1 || !function))
		function = line->function;
	pure_put(text, function ? function : "?");
	if (line && line->file) {
		pure_put_char(text, '(');
		pure_put(text, last_part(line->file));
		pure_put_char(text, ':');
		pure_put_signed(text, line->line);
	} else {
		pure_put_char(text, '+');
		pure_put_hex(text, frame->function ? frame->offset :
						     frame->file_offset);
		pure_put_char(text, '(');
		pure_put(text, frame->file ? last_part(frame->file) : "?");
	}
	pure_put_char(text, ')');
}

static struct row *row_of_caller(void)
{
	struct pure_frame frames[PURE_FRAMES];
	const struct pure_frame *caller =
		caller_of(frames, pure_stack(frames, PURE_FRAMES));
	char name[sizeof(((struct row *)NULL)->name)];
	struct pure_text text = { name, 0, sizeof(name) - 1 };

	if (!caller)
		return find("(none)", 0);
	put_caller(&text, caller);
	name[text.end] = '\0';
	return find(name, hash(name));
}

struct row *row_of(enum by by, long number, const long *a)
{
	if (by == BY_CALL)
		return row_of_call(number);
	if (by == BY_CALLER)
		return row_of_caller();
	return by == BY_FILE ? row_of_file(number, a) : row_of_fd(number, a);
}

static unsigned int bucket_of(unsigned long nanoseconds)
{
	unsigned int power, bucket;

	if (nanoseconds < 4)
		return (unsigned int)nanoseconds;
	power = 63 - (unsigned int)__builtin_clzl(nanoseconds);
	bucket = (power - 1) * 4 + (nanoseconds >> (power - 2) & 3);
	return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

#define ADD(member, value) \
	__atomic_add_fetch(&(member), value, __ATOMIC_RELAXED)

void row_add(struct row *row, unsigned long nanoseconds, long result)
{
	unsigned long longest =
		__atomic_load_n(&row->longest, __ATOMIC_RELAXED);

	ADD(row->calls, 1);
	if (result < 0 && result > -4096)
		ADD(row->errors, 1);
	ADD(row->nanoseconds, nanoseconds);
	ADD(row->buckets[bucket_of(nanoseconds)], 1);
	while (nanoseconds > longest &&
	       !__atomic_compare_exchange_n(&row->longest, &longest,
					    nanoseconds, true, __ATOMIC_RELAXED,
					    __ATOMIC_RELAXED))
		;
}
