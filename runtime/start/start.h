/* pure-start.so: an auditor without a C library, which the system's ld.so loads
   before any library of a program that the kernel has started, and which hands the
   process over to the pure glibc's ld.so as if the kernel had chosen that.

   SPDX-License-Identifier: LGPL-2.1-or-later

   main.c      the order of things
   first.c     finds the first ld.so, and undoes what it has done
   settings.c  reads the variable of abi/run.h, and makes struct pure_start of it
   loader.c    maps the pure ld.so
   proc.c      unmaps the first; what /proc shows of the process
   text.c      strings, files

   It has no relocations, and no data: memory is what it maps.  It makes its calls by
   instructions of its own: there is no handler yet.  */

#ifndef PURE_START_H
#define PURE_START_H 1

#include <elf.h>
#include <stddef.h>
#include <abi/run.h>
#include "kernel-call.h"

#define PAGE 4096ul

static inline unsigned long
page_down (unsigned long address)
{
  return address & -PAGE;
}

static inline unsigned long
page_up (unsigned long address)
{
  return page_down (address + PAGE - 1);
}

static inline int
failed (long result)
{
  return (unsigned long) result > -4096ul;
}

#pragma GCC visibility push(hidden)

/* ---- text.c ---- */

size_t length (const char *text);

/* The rest of TEXT if it begins with PREFIX, else NULL.  */
char *after (const char *text, const char *prefix);

/* Append TEXT at END, and a NUL there; returns the new end.  */
char *append (char *end, const char *text);

/* The number at *TEXT in BASE; *TEXT is after it then.  */
unsigned long number_at (const char **text, unsigned int base);

/* As in a C library.  GCC may call them anywhere.  */
void *memcpy (void *to, const void *from, size_t size);
void *memmove (void *to, const void *from, size_t size);
void *memset (void *at, int byte, size_t size);
int memcmp (const void *one, const void *two, size_t size);

/* Open FILE for reading.  Returns -errno.  */
long open_file (const char *file);
void close_file (long fd);

/* Read as much of SIZE bytes as there is.  Returns that, or -errno.  */
long read_all (long fd, void *buffer, size_t size);

/* Anonymous memory.  Returns -errno.  */
long map_memory (size_t size);

/* Say on stderr that FILE is why the process isn't taken over.  */
void complain (const char *file, const char *what);

/* ---- what the kernel has given ---- */

struct process
{
  /* The stack pointer at the entry: argc, argv, the environment and the auxiliary
     vector are there.  */
  long *stack;
  char **environment;
  int variables;
  Elf64_auxv_t *auxiliary;
  /* The program's.  */
  const Elf64_Phdr *segments;
  unsigned long segment_count;
  unsigned long bias;
  /* The first ld.so.  */
  char *first;
};

struct range
{
  unsigned long start;
  unsigned long end;
};

/* ---- settings.c ---- */

/* Have ours be the last two variables: whoever starts the program may have added some
   (valgrind does).  Returns whether they are there.  */
int find_ours (const struct process *process);

/* Make *START of them, in memory of its own, which MEMORY then says.  Returns -errno. */
long make_start (const struct process *process, struct pure_start **start,
		 struct range *memory);

/* Put what the program has set aside back; take ours out, with an entry of TYPE and
   VALUE before the auxiliary vector.  */
void restore_environment (struct process *process, unsigned long type,
			  unsigned long value);

/* ---- loader.c ---- */

struct loader
{
  struct range range;
  unsigned long entry;
};

/* Map FILE.  Returns NULL, or what is wrong with it.  */
const char *map_loader (const char *file, struct loader *loader);

/* Give it the words of TEXT, of abi/run.h.  */
void hand_on_processor (const struct loader *loader, const char *text);

/* ---- first.c ---- */

/* The address of NAME in the object at BASE, or NULL.  */
void *find_symbol (const char *base, const char *name);

/* Find the process's things, from ADDRESS in the first ld.so on.  Returns whether they
   were found.  */
int find_process (struct process *process, const void *address);

/* The kernel no longer writes to the first loader's memory.  Returns whether it is
   so.  */
int forget_thread (const struct process *process);

/* What the first loader has added the load address to is as in the file.  */
void restore_dynamic (const struct process *process);

/* The pages of the object that has COUNT SEGMENTS, at BIAS; of the one that ADDRESS is
   in.  */
struct range span_of (const Elf64_Phdr *segments, unsigned long count,
		      unsigned long bias);
struct range object_range (const void *address);

/* ---- proc.c ---- */

/* Unmap the first loader and its memory, but for the ranges that are KEPT, and for
   the loader itself where somebody traces the process.  */
enum { KEPT = 4 };
void unmap_first (const struct process *process, const struct range kept[KEPT]);

/* /proc/self/environ and /proc/self/auxv are what the process has.  REMOVED is the
   first byte of what isn't environment any longer.  */
void tell_kernel (const struct process *process, const char *removed);

#pragma GCC visibility pop

#endif /* start.h */
