/*
 * Files, directories, archives: each ELF image in them is audited.
 *
 * A file that is named has to be an ELF file or an archive. In a directory,
 * and in an archive, what is neither is passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <ar.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/common.h"
#include "report.h"

#define THIN_ARCHIVE "!<thin>\n"

struct input {
	const char *path;
	/* It was found in a directory. */
	bool found;
	const struct options *options;
	struct totals *totals;
	struct counts counts;
};

static void complain(struct input *input, const char *member, const char *what)
{
	report_error(input->path, member, what, input->options);
	input->totals->unknown++;
}

static bool starts_with(const char *bytes, size_t size, const char *magic)
{
	size_t length = strlen(magic);

	return size >= length && memcmp(bytes, magic, length) == 0;
}

/* Audit ELF, which is of no use afterwards. */
static void audit_image(struct input *input, Elf *elf, const char *member)
{
	struct image image = { .file = input->path,
			       .member = member,
			       .elf = elf };
	struct audit audit;

	if (!elf) {
		complain(input, member,
			 "is truncated or damaged: it has no "
			 "whole header");
	} else if (!image_load(&image)) {
		/* What the linker has compiled is judged then. */
		if (!input->options->source || !image.uncompiled)
			complain(input, member, image.error);
	} else {
		verdict_find(&audit, &image, input->options->pointer);
		if (input->options->source)
			input->totals->raw +=
				compiled_report(&audit, input->options->source);
		else
			report_audit(&audit, input->options, &input->counts);
		verdict_free(&audit);
		input->totals->images++;
	}
	image_free(&image);
	elf_end(elf);
}

/* libelf gives the size that there is, not that there should be. */
static bool is_cut(const struct ar_hdr *raw, const Elf_Arhdr *header)
{
	char digits[sizeof(raw->ar_size) + 1] = "";

	memcpy(digits, raw->ar_size, sizeof(raw->ar_size));
	return strtoll(digits, NULL, 10) != header->ar_size;
}

/*
 * Audit the member with HEADER, which is at OFFSET in the archive's BYTES.
 * Returns where it ends, or 0 if that can't be right.
 */
static size_t audit_member(struct input *input, const Elf_Arhdr *header,
			   int64_t offset, char *bytes, size_t size)
{
	if (!header || !header->ar_name ||
	    offset < (int64_t)sizeof(struct ar_hdr) || header->ar_size < 0 ||
	    (uint64_t)offset > size ||
	    (uint64_t)header->ar_size > size - offset ||
	    is_cut((void *)(bytes + offset - sizeof(struct ar_hdr)), header))
		return 0;
	if (starts_with(bytes + offset, header->ar_size, ELFMAG))
		audit_image(input, elf_memory(bytes + offset, header->ar_size),
			    header->ar_name);
	return offset + header->ar_size;
}

/*
 * Audit the archive that is open as FD and read into BYTES: libelf finds the
 * members by the one, and they are audited in the other.
 */
static void audit_archive(struct input *input, int fd, char *bytes, size_t size)
{
	Elf *archive = elf_begin(fd, ELF_C_READ, NULL), *member;
	Elf_Cmd command = ELF_C_READ;
	size_t end = SARMAG;

	while ((member = elf_begin(fd, command, archive)) != NULL) {
		end = audit_member(input, elf_getarhdr(member),
				   elf_getbase(member), bytes, size);
		command = elf_next(member);
		elf_end(member);
	}
	/* Members start at even offsets. */
	if (!archive || (end != size && end + end % 2 != size))
		complain(input, NULL,
			 "is truncated or damaged: "
			 "not all of its members can be read");
	elf_end(archive);
}

/* Audit the file that is open as FD, and read into BYTES. */
static void audit_bytes(struct input *input, int fd, char *bytes, size_t size)
{
	size_t images = input->totals->images;
	size_t unknown = input->totals->unknown;

	input->totals->files++;
	if (starts_with(bytes, size, THIN_ARCHIVE))
		complain(input, NULL,
			 "is a thin archive, which has its "
			 "members elsewhere: audit those");
	else if (starts_with(bytes, size, ARMAG))
		audit_archive(input, fd, bytes, size);
	else
		audit_image(input, elf_memory(bytes, size), NULL);
	if (!input->options->json && !input->options->source &&
	    (input->totals->images != images ||
	     input->totals->unknown == unknown))
		report_summary(input->path, &input->counts);
	input->totals->raw += input->counts.kinds[KIND_RAW];
}

static void complain_errno(struct input *input)
{
	char what[128];

	snprintf(what, sizeof(what), "can't be read: %s", strerror(errno));
	complain(input, NULL, what);
}

/* Audit what is open as FD, of SIZE bytes. */
static void audit_open(struct input *input, int fd, off_t size)
{
	char magic[SARMAG], *bytes;
	ssize_t count = pread(fd, magic, sizeof(magic), 0);

	if (count >= 0 && !starts_with(magic, count, ELFMAG) &&
	    !starts_with(magic, count, ARMAG) &&
	    !starts_with(magic, count, THIN_ARCHIVE)) {
		if (!input->found)
			complain(input, NULL,
				 "is neither an ELF file nor an archive");
		return;
	}
	bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (count < 0 || bytes == MAP_FAILED) {
		complain_errno(input);
		return;
	}
	audit_bytes(input, fd, bytes, size);
	munmap(bytes, size);
}

static void audit_file(struct input input)
{
	struct stat status;
	/* A FIFO would wait for somebody to write to it. */
	int fd = open(input.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	/* An assembler that only prints its version makes no object. */
	if (fd < 0 && errno == ENOENT && input.options->source)
		return;
	if (fd < 0 || fstat(fd, &status) != 0)
		complain_errno(&input);
	else if (!S_ISREG(status.st_mode) && input.options->source)
		; /* Where a compiler's output is thrown away: /dev/null. */
	else if (!S_ISREG(status.st_mode))
		complain(&input, NULL,
			 "is neither a regular file nor a directory");
	else
		audit_open(&input, fd, status.st_size);
	if (fd >= 0)
		close(fd);
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* INPUT is the directory's that ENTRY was found in. */
static void audit_entry(struct input input, const FTSENT *entry)
{
	input.path = entry->fts_path;
	input.found = true;
	switch (entry->fts_info) {
	case FTS_F:
		audit_file(input);
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		errno = entry->fts_errno;
		complain_errno(&input);
		break;
	}
}

static void audit_directory(struct input input)
{
	size_t before = input.totals->files + input.totals->unknown;
	char *paths[] = { (char *)input.path, NULL };
	FTSENT *entry;
	/* FTS_COMFOLLOW: the directory itself may be named by a link. */
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
			    compare_names);

	if (!fts) {
		complain_errno(&input);
		return;
	}
	while ((errno = 0, entry = fts_read(fts)) != NULL)
		audit_entry(input, entry);
	if (errno != 0)
		complain_errno(&input);
	fts_close(fts);
	if (input.totals->files + input.totals->unknown == before)
		complain(&input, NULL, "has no ELF file in it");
}

/* The file that is audited was made shorter by somebody else. */
static void end_by_bus_error(int number)
{
	static const char message[] =
		"pure-audit: a file became shorter while it was read\n";

	(void)number;
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		abort();
	_exit(EXIT_MISUSE);
}

void input_audit(const char *path, const struct options *options,
		 struct totals *totals)
{
	struct input input = { .path = path,
			       .options = options,
			       .totals = totals };
	struct stat status;

	signal(SIGBUS, end_by_bus_error);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		audit_directory(input);
	else
		audit_file(input);
}
