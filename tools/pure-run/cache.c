/*
 * What pure-audit has said, kept from run to run: a directory with a fixed
 * number of small files, in each the last answer of those whose key leads
 * there. A file is
 *
 *   purecc 1 KEY SUM
 *   ANSWER
 *
 * with the hashes of the answer's key and of itself. Whatever is wrong with
 * directory or file, there is no answer then, and nothing is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pure-run.h"

/* 16 MiB at most. */
#define FILES 512
#define FILE_MAX 32768
/* Before the answer: with two hashes of 16 digits. */
#define HEAD "purecc 1 %016" PRIx64 " %016" PRIx64 "\n"
#define HEAD_SIZE 43

/* FNV-1a. */
static uint64_t hash_of(const char *string)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *string; string++)
		hash = (hash ^ (unsigned char)*string) * 0x100000001b3;
	return hash;
}

/* The directory, or NULL; MAKE: with its parents, as far as these are known. */
static char *directory(bool make)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *name;

	/* By the XDG Base Directory Specification a relative one is none. */
	if (!base || *base != '/')
		base = home && *home == '/' ? text("%s/.cache", home) : NULL;
	if (!base)
		return NULL;
	name = text("%s/purecc", base);
	if (make && mkdir(name, 0700) != 0) {
		mkdir(base, 0700);
		mkdir(name, 0700);
	}
	return name;
}

static char *file_of(uint64_t key, bool make)
{
	const char *place = directory(make);

	return place ? text("%s/%03x", place, (unsigned int)(key % FILES)) :
		       NULL;
}

/* The file NAME, of at most FILE_MAX bytes, or NULL. */
static char *read_file(const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW |
				    O_NOCTTY);
	struct stat status;
	char *content = NULL;
	ssize_t size = -1;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_size <= FILE_MAX)
		content = calloc(1, status.st_size + 1);
	if (content)
		size = read(fd, content, status.st_size);
	close(fd);
	return size > 0 && strlen(content) == (size_t)size ? content : NULL;
}

char *cache_get(const char *key)
{
	const uint64_t hash = hash_of(key);
	const char *file = file_of(hash, false);
	char *content = file ? read_file(file) : NULL;

	if (!content || strlen(content) < HEAD_SIZE ||
	    strncmp(content, text(HEAD, hash, hash_of(content + HEAD_SIZE)),
		    HEAD_SIZE) != 0)
		return NULL;
	return content + HEAD_SIZE;
}

void cache_put(const char *key, const char *answer)
{
	const uint64_t hash = hash_of(key);
	const char *file = file_of(hash, true);
	const char *content = text(HEAD "%s", hash, hash_of(answer), answer);
	const size_t size = strlen(content);
	const char *new;
	int fd;

	if (!file || size > FILE_MAX)
		return;
	new = text("%s.new", file);
	fd = open(new,
		  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK |
			  O_NOFOLLOW | O_NOCTTY,
		  0600);
	if (fd < 0)
		return;
	if (write(fd, content, size) != (ssize_t)size)
		new = NULL;
	if (close(fd) == 0 && new)
		rename(new, file);
}
