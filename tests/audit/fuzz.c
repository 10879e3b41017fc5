/*
 * Runs pure-audit on damaged copies of ELF files: cut off everywhere, and with
 * random changes. Whatever it says of them, it has to end by itself, soon,
 * with one of its exit statuses.
 *
 *	fuzz SECONDS SEED PURE-AUDIT FILE...
 *
 * The copy is written to `damaged' in the current directory, and is left there
 * if something is wrong. The same SEED makes the same copies, as far as time
 * allows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COPY "damaged"
/* For one file, in seconds of CPU time, and in bytes. */
#define MAX_TIME 10
#define MAX_MEMORY ((rlim_t)2 << 30)
/* How many times a file is cut. */
#define CUTS 100

struct file {
	unsigned char *bytes;
	size_t size;
};

extern char **environ;

static uint64_t state;
static long runs;

/* Marsaglia's xorshift. */
static uint64_t next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void __attribute__((noreturn)) fail(const char *what)
{
	fprintf(stderr, "fuzz: %s: %s\n", what, strerror(errno));
	exit(2);
}

static struct file read_file(const char *name)
{
	FILE *stream = fopen(name, "rb");
	struct file file;

	if (!stream || fseek(stream, 0, SEEK_END) != 0)
		fail(name);
	file.size = ftell(stream);
	rewind(stream);
	file.bytes = malloc(file.size);
	if (!file.bytes || fread(file.bytes, 1, file.size, stream) != file.size)
		fail(name);
	fclose(stream);
	return file;
}

static void write_copy(const unsigned char *bytes, size_t size)
{
	int fd = open(COPY, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		fail(COPY);
	close(fd);
}

/* Run PROGRAM on the copy; its wait status. */
static int run(const char *program)
{
	/* By turns, all that it prints. */
	const char *option = runs % 2 ? "--json" : "--list";
	char *arguments[] = { (char *)program, (char *)option, COPY, NULL };
	posix_spawn_file_actions_t actions;
	pid_t child;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	errno = posix_spawn(&child, program, &actions, NULL, arguments,
			    environ);
	if (errno != 0)
		fail(program);
	posix_spawn_file_actions_destroy(&actions);
	if (waitpid(child, &status, 0) != child)
		fail("waitpid");
	runs++;
	return status;
}

static void check(const char *program, const char *name,
		  const unsigned char *bytes, size_t size)
{
	int status;

	write_copy(bytes, size);
	status = run(program);
	if (WIFEXITED(status) && WEXITSTATUS(status) <= 2)
		return;
	printf("FAILED: %s %d on run %ld, a damaged copy of %s\n",
	       WIFEXITED(status) ? "exit status" : "signal",
	       WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), runs,
	       name);
	exit(1);
}

/* Change a few bytes of FILE at OFFSET into something that hurts. */
static void damage(struct file file, size_t offset)
{
	static const uint64_t values[] = {
		0,	    1,
		2,	    8,
		0x7f,	    0xff,
		0xffff,	    0x10000,
		0x7fffffff, 0x80000000,
		0xffffffff, 0x100000000,
		INT64_MAX,  (uint64_t)INT64_MIN,
		UINT64_MAX, -8ull,
		-16ull,
	};
	uint64_t value =
		values[next_random() % (sizeof(values) / sizeof(*values))];
	size_t size = 1u << next_random() % 4, other;

	offset &= -size;
	if (offset + size > file.size)
		return;
	switch (next_random() % 4) {
	case 0:
		file.bytes[offset] ^= 1u << next_random() % 8;
		break;
	case 1:
		memcpy(&value, file.bytes + offset, size);
		value += next_random() % 33 - 16;
		/* fall through */
	case 2:
		memcpy(file.bytes + offset, &value, size);
		break;
	default:
		other = next_random() % (file.size - size + 1);
		memcpy(file.bytes + offset, file.bytes + other, size);
		break;
	}
}

/* A place in FILE: more often in its headers than elsewhere. */
static size_t choose(struct file file)
{
	uint64_t headers = 0;

	if (file.size >= 48)
		memcpy(&headers, file.bytes + 40, sizeof(headers));
	switch (next_random() % 4) {
	case 0:
		return next_random() % 64;
	case 1:
		if (headers < file.size)
			return headers + next_random() % (file.size - headers);
		/* fall through */
	default:
		return next_random() % file.size;
	}
}

static void cut(const char *program, const char *name, struct file file)
{
	size_t step = file.size / CUTS + 1, size;

	for (size = 0; size < file.size; size += step)
		check(program, name, file.bytes, size);
}

static void change(const char *program, const char *name, struct file file)
{
	struct file copy = { malloc(file.size), file.size };
	unsigned int count = 1 + next_random() % 8;

	if (!copy.bytes)
		fail("malloc");
	memcpy(copy.bytes, file.bytes, file.size);
	while (count-- > 0)
		damage(copy, choose(copy));
	if (next_random() % 16 == 0)
		copy.size = next_random() % copy.size;
	check(program, name, copy.bytes, copy.size);
	free(copy.bytes);
}

/* For PURE-AUDIT, which inherits them. */
static void set_limits(void)
{
	const struct rlimit time = { MAX_TIME, MAX_TIME };
	const struct rlimit memory = { MAX_MEMORY, MAX_MEMORY };
	const struct rlimit core = { 0, 0 };

	setrlimit(RLIMIT_AS, &memory);
	setrlimit(RLIMIT_CORE, &core);
	/* This one's own are not that many. */
	setrlimit(RLIMIT_CPU, &time);
}

int main(int argc, char **argv)
{
	struct file *files;
	time_t end;
	int i;

	if (argc < 5) {
		fputs("usage: fuzz SECONDS SEED PURE-AUDIT FILE...\n", stderr);
		return 2;
	}
	end = time(NULL) + atol(argv[1]);
	/* 0 is the one state that xorshift never leaves. */
	state = strtoull(argv[2], NULL, 0);
	if (state == 0)
		state = 1;
	printf("seed %llu\n", (unsigned long long)state);
	set_limits();
	files = calloc(argc, sizeof(*files));
	if (!files)
		fail("calloc");
	for (i = 4; i < argc; i++) {
		files[i] = read_file(argv[i]);
		cut(argv[3], argv[i], files[i]);
	}
	while (time(NULL) < end)
		for (i = 4; i < argc; i++)
			change(argv[3], argv[i], files[i]);
	printf("%ld runs\n", runs);
	unlink(COPY);
	return 0;
}
