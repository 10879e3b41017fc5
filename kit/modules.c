/*
 * kit: the files that are mapped into the process, for libdw.
 *
 * libdw's own reading of /proc takes two mappings of one file for one: an
 * isolated handler's C library and the program's.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stack.h"

struct libdw libdw;

/* A file that libdw reads, mapped once, and not open. */
struct image {
	struct image *next;
	dev_t device;
	ino_t inode;
	size_t size;
	char *bytes;
};

static struct image *images;

/* Where modules are, of which something may be known. */
struct range {
	unsigned long low, high;
};

static struct range *ranges;
static size_t range_count;

static struct image *map_file(int fd, const struct stat *status)
{
	struct image *image;

	for (image = images; image; image = image->next)
		if (image->device == status->st_dev &&
		    image->inode == status->st_ino)
			return image;
	image = malloc(sizeof(*image));
	if (!image)
		return NULL;
	*image = (struct image){ images, status->st_dev, status->st_ino,
				 (size_t)status->st_size, NULL };
	image->bytes = mmap(NULL, image->size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_NORESERVE, fd, 0);
	if (image->bytes == MAP_FAILED) {
		free(image);
		return NULL;
	}
	images = image;
	return image;
}

/* The module's name is that of its file. No descriptor stays open. */
static int find_elf(Dwfl_Module *module, void **data, const char *name,
		    Dwarf_Addr base, char **file_name, Elf **elf)
{
	const int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct image *image = NULL;
	struct stat status;

	(void)module, (void)data, (void)base, (void)file_name;
	if (fd < 0)
		return -1;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		image = map_file(fd, &status);
	close(fd);
	if (image)
		*elf = libdw.elf_memory(image->bytes, image->size);
	return -1;
}

#define LIBDW_FILE "libdw.so.1"

/* no-debuginfod.c's library, and its size. */
extern const char no_debuginfod[];
extern const size_t no_debuginfod_size;
__asm__(".section .rodata\n"
	".hidden no_debuginfod, no_debuginfod_size\n"
	"no_debuginfod: .incbin \"" NO_DEBUGINFOD "\"\n"
	"1: .balign 8\n"
	"no_debuginfod_size: .quad 1b - no_debuginfod\n"
	".previous");

/* Without it libdw is slower to start, and no different. */
static void load_no_debuginfod(void)
{
	const int fd = memfd_create("no-debuginfod", MFD_CLOEXEC);
	char name[32];

	if (fd < 0)
		return;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	if (write(fd, no_debuginfod, no_debuginfod_size) ==
	    (ssize_t)no_debuginfod_size)
		dlopen(name, RTLD_LAZY | RTLD_LOCAL);
	close(fd);
}

static char *(*demangle)(const char *, char *, size_t *, int *);

char *modules_demangle(const char *name)
{
	return demangle && strncmp(name, "_Z", 2) == 0 ?
		       demangle(name, NULL, NULL, NULL) :
		       NULL;
}

static void find_demangle(void)
{
	void *library = dlopen("libstdc++.so.6", RTLD_LAZY | RTLD_LOCAL);

	if (library)
		demangle = dlsym(library, "__cxa_demangle");
}

const char *modules_start(void)
{
	static const char missing[] = LIBDW_FILE
		", by which stacks are read, isn't there, or is too "
		"old: install elfutils' libdw 0.188 (Debian: libdw1)";
	void *library;

	load_no_debuginfod();
	library = dlopen(LIBDW_FILE, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return missing;
#define FIND(name)                          \
	libdw.name = dlsym(library, #name); \
	if (!libdw.name)                    \
		return missing;
	LIBDW_FUNCTIONS(FIND)
	libdw.elf_version(EV_CURRENT);
	find_demangle();
	return NULL;
}

/* A line of /proc/self/maps. */
struct mapping {
	unsigned long low, high, offset, inode;
	unsigned int major, minor;
	const char *name;
};

static bool read_mapping(struct mapping *mapping, char *line)
{
	int at = 0;

	if (sscanf(line, "%lx-%lx %*s %lx %x:%x %lu %n", &mapping->low,
		   &mapping->high, &mapping->offset, &mapping->major,
		   &mapping->minor, &mapping->inode, &at) < 6 ||
	    line[at] != '/')
		return false;
	mapping->name = line + at;
	line[at + (int)strcspn(line + at, "\n")] = '\0';
	return true;
}

static void report(Dwfl *modules, const char *name, struct range range)
{
	struct range *more =
		realloc(ranges, (range_count + 1) * sizeof(*ranges));

	if (!more)
		return;
	ranges = more;
	ranges[range_count++] = range;
	libdw.dwfl_report_module(modules, name, range.low, range.high);
}

/* A mapping of a file's beginning begins a module, and others follow it. */
static void report_all(Dwfl *modules, FILE *maps)
{
	char *line = NULL, name[PATH_MAX] = "";
	struct range module = { 0, 0 };
	struct mapping mapping, last = { 0 };
	size_t size = 0;

	while (getline(&line, &size, maps) > 0) {
		if (!read_mapping(&mapping, line))
			continue;
		if (module.high && mapping.offset &&
		    mapping.inode == last.inode &&
		    mapping.major == last.major &&
		    mapping.minor == last.minor) {
			module.high = mapping.high;
			continue;
		}
		if (module.high)
			report(modules, name, module);
		module = (struct range){ mapping.low, mapping.high };
		last = mapping;
		snprintf(name, sizeof(name), "%s", mapping.name);
	}
	if (module.high)
		report(modules, name, module);
	free(line);
}

Dwfl *modules_find(void)
{
	static Dwfl_Callbacks callbacks = { .find_elf = find_elf };
	static Dwfl *modules;
	FILE *maps = fopen("/proc/self/maps", "re");

	callbacks.find_debuginfo = libdw.dwfl_standard_find_debuginfo;
	if (!modules)
		modules = libdw.dwfl_begin(&callbacks);
	if (!maps || !modules) {
		if (maps)
			fclose(maps);
		return NULL;
	}
	range_count = 0;
	libdw.dwfl_report_begin(modules);
	report_all(modules, maps);
	fclose(maps);
	return libdw.dwfl_report_end(modules, NULL, NULL) == 0 ? modules : NULL;
}

static bool is_known(unsigned long low, unsigned long size)
{
	size_t i;

	for (i = 0; i < range_count; i++)
		if (low < ranges[i].high && low + size > ranges[i].low)
			return true;
	return false;
}

bool modules_change(long number, const long *a, long result)
{
	if (result < 0 && result > -4096)
		return false;
	switch (number) {
	case SYS_mmap:
		return (a[2] & PROT_EXEC) ||
		       ((a[3] & (MAP_FIXED | MAP_FIXED_NOREPLACE)) &&
			is_known((unsigned long)a[0], (unsigned long)a[1]));
	case SYS_mprotect:
	case SYS_pkey_mprotect:
		return a[2] & PROT_EXEC;
	case SYS_munmap:
	case SYS_mremap:
		return is_known((unsigned long)a[0], (unsigned long)a[1]);
	}
	return false;
}
