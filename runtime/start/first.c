/* The first ld.so: where it is, what it has done, and how that is undone.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "start.h"

#define TUNABLES "GLIBC_TUNABLES="

/* ---- its symbols: the stack, and rseq's area ---- */

struct symbols
{
  const char *base;
  const Elf64_Sym *symbols;
  const char *strings;
  const unsigned int *hash;
};

/* The pages of the object that ADDRESS is in are mapped down to its header.  */
static char *
object_of (const void *address)
{
  char *page = (char *) page_down ((unsigned long) address);

  while (!after (page, ELFMAG) || ((Elf64_Ehdr *) page)->e_type != ET_DYN)
    page -= PAGE;
  return page;
}

/* ld.so may have added the load address to its pointers, or may not.  */
static void *
pointer (const char *base, unsigned long value)
{
  return (void *) (value < (unsigned long) base ? (unsigned long) base + value : value);
}

static int
read_symbols (const char *base, struct symbols *symbols)
{
  const Elf64_Ehdr *header = (const Elf64_Ehdr *) base;
  const Elf64_Phdr *segment = (const Elf64_Phdr *) (base + header->e_phoff);
  const Elf64_Dyn *d = NULL;

  for (int i = 0; i < header->e_phnum; i++)
    if (segment[i].p_type == PT_DYNAMIC)
      d = (const Elf64_Dyn *) (base + segment[i].p_vaddr);
  *symbols = (struct symbols) { .base = base };
  for (; d && d->d_tag != DT_NULL; d++)
    if (d->d_tag == DT_SYMTAB)
      symbols->symbols = pointer (base, d->d_un.d_ptr);
    else if (d->d_tag == DT_STRTAB)
      symbols->strings = pointer (base, d->d_un.d_ptr);
    else if (d->d_tag == DT_GNU_HASH)
      symbols->hash = pointer (base, d->d_un.d_ptr);
  return symbols->symbols && symbols->strings && symbols->hash;
}

static unsigned int
hash_of (const char *name)
{
  unsigned int hash = 5381;

  for (; *name; name++)
    hash = hash * 33 + (unsigned char) *name;
  return hash;
}

static int
same (const char *a, const char *b)
{
  const char *rest = after (a, b);
  return rest && !*rest;
}

/* The address of NAME, or NULL.  Of DT_GNU_HASH: the number of buckets, the first
   symbol in it, the size of the filter in words, and its shift; the filter, the
   buckets, and a hash for each symbol, whose last bit ends a bucket.  */
static void *
find (const struct symbols *symbols, const char *name)
{
  unsigned int buckets = symbols->hash[0], offset = symbols->hash[1];
  const unsigned int *bucket = symbols->hash + 4 + 2 * symbols->hash[2];
  const unsigned int *hashes = bucket + buckets;
  unsigned int hash = hash_of (name), i = buckets ? bucket[hash % buckets] : 0;

  for (; i >= offset; i++)
    {
      const Elf64_Sym *symbol = &symbols->symbols[i];
      if ((hashes[i - offset] | 1) == (hash | 1)
	  && same (symbols->strings + symbol->st_name, name))
	return (void *) (symbols->base + symbol->st_value);
      if (hashes[i - offset] & 1)
	break;
    }
  return NULL;
}

void *
find_symbol (const char *base, const char *name)
{
  struct symbols symbols;

  return read_symbols (base, &symbols) ? find (&symbols, name) : NULL;
}

/* ---- the process ---- */

static void
read_auxiliary (struct process *process)
{
  for (const Elf64_auxv_t *a = process->auxiliary; a->a_type != AT_NULL; a++)
    if (a->a_type == AT_PHDR)
      process->segments = (const Elf64_Phdr *) a->a_un.a_val;
    else if (a->a_type == AT_PHNUM)
      process->segment_count = a->a_un.a_val;
  process->bias = 0;
  for (unsigned long i = 0; i < process->segment_count; i++)
    if (process->segments[i].p_type == PT_PHDR)
      process->bias = (unsigned long) process->segments - process->segments[i].p_vaddr;
}

/* The first ld.so may have replaced this variable by a copy in its own memory, which is
   about to be unmapped.  The kernel's is where the kernel has put it, after the string
   before it.  */
static void
restore_tunables (const struct process *process)
{
  const char *before = *process->stack > 0 ? process->environment[-2] : NULL;

  for (char **variable = process->environment; *variable; before = *variable++)
    if (before && after (*variable, TUNABLES))
      {
	char *own = (char *) before + length (before) + 1;
	if (after (own, TUNABLES))
	  *variable = own;
      }
}

int
find_process (struct process *process, const void *address)
{
  long **end;

  process->first = object_of (address);
  end = find_symbol (process->first, "__libc_stack_end");
  if (!end)
    return 0;
  process->stack = *end;
  process->environment = (char **) (process->stack + 1 + *process->stack + 1);
  process->variables = 0;
  while (process->environment[process->variables])
    process->variables++;
  restore_tunables (process);
  process->auxiliary
    = (Elf64_auxv_t *) (process->environment + process->variables + 1);
  read_auxiliary (process);
  return 1;
}

/* ---- what the kernel knows of the thread ---- */

/* glibc registers 32 bytes, or as many as the kernel has a use for.  */
static int
unregister_rseq (char *area)
{
  enum { STEP = 32, MOST = 1024 };

  for (int size = STEP; size <= MOST; size += STEP)
    if (!failed (kernel_call (__NR_rseq, (long) area, size, 1 /* unregister */,
			      RSEQ_SIGNATURE, 0, 0)))
      return 1;
  return 0;
}

int
forget_thread (const struct process *process)
{
  const unsigned int *size = find_symbol (process->first, "__rseq_size");
  const ptrdiff_t *offset = find_symbol (process->first, "__rseq_offset");

  if (size && offset && *size && !unregister_rseq (thread_pointer () + *offset))
    return 0;
  kernel_call (__NR_set_tid_address, 0, 0, 0, 0, 0, 0);
  kernel_call (__NR_set_robust_list, 0, 3 * sizeof (long), 0, 0, 0, 0);
  return 1;
}

/* ---- the program ---- */

/* What elf_get_dynamic_info of glibc adds the load address to, in all versions, where
   the section can be written to.  In the file they are less than that address, for
   they are in the program.  */
static int
relocated_p (Elf64_Sxword tag)
{
  switch (tag)
    {
    case DT_HASH:
    case DT_GNU_HASH:
    case DT_PLTGOT:
    case DT_STRTAB:
    case DT_SYMTAB:
    case DT_RELA:
    case DT_REL:
    case 36: /* DT_RELR */
    case DT_JMPREL:
    case DT_VERSYM:
      return 1;
    }
  return 0;
}

void
restore_dynamic (const struct process *process)
{
  Elf64_Dyn *d = NULL;

  if (process->bias == 0)
    return;
  for (unsigned long i = 0; i < process->segment_count; i++)
    if (process->segments[i].p_type == PT_DYNAMIC)
      d = (Elf64_Dyn *) (process->bias + process->segments[i].p_vaddr);
  for (; d && d->d_tag != DT_NULL; d++)
    if (relocated_p (d->d_tag) && d->d_un.d_ptr >= process->bias)
      d->d_un.d_ptr -= process->bias;
}

/* ---- objects ---- */

struct range
span_of (const Elf64_Phdr *segments, unsigned long count, unsigned long bias)
{
  struct range range = { -1ul, 0 };

  for (unsigned long i = 0; i < count; i++)
    {
      unsigned long start = bias + segments[i].p_vaddr;
      if (segments[i].p_type != PT_LOAD)
	continue;
      if (page_down (start) < range.start)
	range.start = page_down (start);
      if (page_up (start + segments[i].p_memsz) > range.end)
	range.end = page_up (start + segments[i].p_memsz);
    }
  return range;
}

struct range
object_range (const void *address)
{
  const char *base = object_of (address);
  const Elf64_Ehdr *header = (const Elf64_Ehdr *) base;

  return span_of ((const Elf64_Phdr *) (base + header->e_phoff), header->e_phnum,
		  (unsigned long) base);
}
