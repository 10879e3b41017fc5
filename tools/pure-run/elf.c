/*
 * What has to be known of ELF files before ld.so gets them: it would skip a
 * preloaded handler that it can't load with no more than a message, and isn't
 * asked at all for a static program. What of a program is, abi/follow.h says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <abi/x86_64/program.h>
#include <purecc.h>

#include "pure-run.h"

/* In bytes, with the note's head: more isn't looked at. */
#define BUILD_ID_MAX 64

struct file {
	const char *name;
	/* The exit status if there is something wrong with it. */
	int failure;
	int fd;
	struct stat status;
	Elf *elf;
	GElf_Ehdr header;
};

/* Exit, since FILE is no ELF file that pure glibc could load. */
static void __attribute__((noreturn))
reject(const struct file *file, const char *reason)
{
	fail(file->failure, "%s %s", file->name, reason);
}

/* See that all which ld.so is going to map is there. */
static void check_segments(const struct file *file)
{
	const GElf_Xword size = file->status.st_size;
	GElf_Phdr segment;
	size_t count, i;

	if (elf_getphdrnum(file->elf, &count) != 0)
		reject(file, "is damaged: no program headers can be read");
	/* libelf counts those that are there; the header knows better. */
	if (count < file->header.e_phnum && file->header.e_phnum != PN_XNUM)
		reject(file, "is truncated: program headers are missing");
	for (i = 0; i < count; i++) {
		if (!gelf_getphdr(file->elf, i, &segment))
			reject(file, "is damaged: bad program headers");
		if (segment.p_type == PT_LOAD &&
		    (segment.p_offset > size ||
		     segment.p_filesz > size - segment.p_offset))
			reject(file, "is truncated: it ends inside a segment");
	}
}

/* Open NAME. Returns what is wrong with it, or NULL. */
static const char *try_open(struct file *file, const char *name)
{
	file->name = name;
	file->elf = NULL;
	file->fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file->fd < 0 || fstat(file->fd, &file->status) != 0)
		return strerror(errno);
	if (!S_ISREG(file->status.st_mode))
		return "is no file";
	if (elf_version(EV_CURRENT) == EV_NONE)
		return elf_errmsg(-1);
	file->elf = elf_begin(file->fd, ELF_C_READ_MMAP, NULL);
	if (!file->elf || elf_kind(file->elf) != ELF_K_ELF)
		return "is not an ELF file, or the first bytes of one";
	if (!gelf_getehdr(file->elf, &file->header))
		return "is truncated or damaged: no ELF header";
	if (gelf_getclass(file->elf) != ELFCLASS64)
		return "is 32-bit; pure glibc is for x86-64";
	if (file->header.e_machine != PURE_MACHINE)
		return "is for another machine; pure glibc is for x86-64";
	return NULL;
}

static void open_elf(struct file *file, const char *name, int failure)
{
	const char *wrong = try_open(file, name);

	file->failure = failure;
	if (wrong && file->fd < 0)
		fail(failure, "%s: %s", name, wrong);
	if (wrong)
		reject(file, wrong);
	check_segments(file);
}

static void close_elf(struct file *file)
{
	elf_end(file->elf);
	if (file->fd >= 0)
		close(file->fd);
}

static bool find_segment(const struct file *file, GElf_Word type,
			 GElf_Phdr *segment)
{
	int i;

	for (i = 0; gelf_getphdr(file->elf, i, segment); i++)
		if (segment->p_type == type)
			return true;
	return false;
}

static long follow_call(long number, long a1, long a2, long a3, long a4)
{
	long result = syscall(number, a1, a2, a3, a4);

	return result == -1 ? -errno : result;
}

#define PURE_FOLLOW_CALL(number, a1, a2, a3, a4) \
	follow_call(number, (long)(a1), (long)(a2), (long)(a3), (long)(a4))

#include <abi/follow.h>

void elf_check_program(const char *name, bool check)
{
	struct pure_file file;
	enum pure_obstacle obstacle = pure_obstacle(&file, AT_FDCWD, name, 0);

	if (obstacle == PURE_NO_OBSTACLE || obstacle == PURE_EXEC_FAILS)
		return;
	if (obstacle == PURE_OTHER_MACHINE || obstacle == PURE_UNREADABLE)
		fail(check ? EXIT_MISUSE : EXIT_NOT_EXECUTABLE, "%s: %s", name,
		     pure_obstacle_text(obstacle));
	fail(EXIT_MISUSE, "%s can't be put on pure glibc: %s%s", name,
	     pure_obstacle_text(obstacle),
	     obstacle == PURE_STATIC ?
		     "; link it with pure glibc's libc.a" :
	     obstacle == PURE_PRIVILEGED ?
		     ", or the real and the effective user or group differ; "
		     "start it as the user who has them" :
		     "");
}

char *elf_program(const char *name)
{
	struct pure_file file;
	char *result = text("%s", name), *interpreter;
	int scripts;

	for (scripts = 0; scripts <= PURE_MAX_SCRIPTS; scripts++) {
		file.fd = pure_open_program(AT_FDCWD, result, 0);
		if (file.fd < 0)
			return NULL;
		if (pure_read_head(&file) != PURE_NO_OBSTACLE)
			file.head[0] = '\0';
		close(file.fd);
		if (memcmp(file.head, ELFMAG, SELFMAG) == 0)
			return result;
		if (memcmp(file.head, "#!", 2) != 0)
			return NULL;
		interpreter = pure_script_interpreter(file.head);
		if (!interpreter)
			return NULL;
		result = text("%s", interpreter);
	}
	return NULL;
}

/* Is NAME among the dynamic symbols that FILE defines? */
static bool defines(const struct file *file, const char *name)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Sym symbol;
	Elf_Data *data;
	const char *found;
	int i;

	do {
		section = elf_nextscn(file->elf, section);
		if (!section || !gelf_getshdr(section, &header))
			return false;
	} while (header.sh_type != SHT_DYNSYM);
	data = elf_getdata(section, NULL);
	for (i = 0; data && gelf_getsym(data, i, &symbol); i++) {
		found = elf_strptr(file->elf, header.sh_link, symbol.st_name);
		if (symbol.st_shndx != SHN_UNDEF && found &&
		    strcmp(found, name) == 0)
			return true;
	}
	return false;
}

/* Find the section NAME of FILE. */
static Elf_Data *section_named(const struct file *file, const char *name)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	const char *found;
	size_t names;

	if (elf_getshdrstrndx(file->elf, &names) != 0)
		return NULL;
	while ((section = elf_nextscn(file->elf, section))) {
		if (!gelf_getshdr(section, &header))
			return NULL;
		found = elf_strptr(file->elf, names, header.sh_name);
		if (found && strcmp(found, name) == 0)
			return elf_getdata(section, NULL);
	}
	return NULL;
}

char *elf_read_section(const char *name, const char *section, size_t *size)
{
	struct file file;
	const Elf_Data *data = NULL;
	char *copy = NULL;

	if (!try_open(&file, name))
		data = section_named(&file, section);
	if (data && data->d_buf) {
		*size = data->d_size;
		copy = malloc(*size + 1);
		if (!copy)
			fail(EXIT_MISUSE, "out of memory");
		memcpy(copy, data->d_buf, *size);
	}
	close_elf(&file);
	return copy;
}

char *elf_build_id(const char *name)
{
	size_t size, i;
	const char *note = elf_read_section(name, ".note.gnu.build-id", &size);
	char *result = note ? text("%s", "") : NULL;

	/* All of the note, which is small. */
	for (i = 0; note && i < size && i < BUILD_ID_MAX; i++)
		result = text("%s%02x", result, (unsigned char)note[i]);
	return result;
}

/* The interface that FILE, a handler, was compiled for; 0: it doesn't say so.
 */
static unsigned int interface_of(const struct file *file)
{
	const Elf_Data *data = section_named(file, PURE_INTERFACE_SECTION);
	unsigned int interface = 0;

	if (data && data->d_buf && data->d_size >= sizeof(interface))
		memcpy(&interface, data->d_buf, sizeof(interface));
	return interface;
}

void elf_check_handler(const char *name, bool isolated)
{
	struct file file;
	GElf_Phdr segment;

	open_elf(&file, name, EXIT_MISUSE);
	if (file.header.e_type != ET_DYN ||
	    !find_segment(&file, PT_DYNAMIC, &segment) ||
	    find_segment(&file, PT_INTERP, &segment))
		reject(&file, "is no handler: it is not a shared object");
	if (isolated && !defines(&file, "la_version"))
		reject(&file, "can't be isolated, it has no la_version: use "
			      "PURE_HANDLER of purecc.h in it, or give "
			      "--same-namespace");
	if (interface_of(&file) > PURE_INTERFACE)
		reject(&file,
		       "is compiled with the purecc.h of a newer purecc: "
		       "use that one's pure-run, or compile it with this "
		       "one's purecc.h");
	close_elf(&file);
}

void elf_check_pure(const char *libc)
{
	struct file file;

	open_elf(&file, libc, EXIT_MISUSE);
	if (!defines(&file, "__pure_syscall"))
		reject(&file, "is not pure, no handler can be used with it: "
			      "build it by glibc-build-scripts/build-glibc.sh, "
			      "without --stock");
	close_elf(&file);
}
