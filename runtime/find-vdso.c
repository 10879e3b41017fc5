/* Finds the functions of the vDSO, where no C library of ours has.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The vDSO is an ELF shared object that the kernel has mapped; its address is
   in the auxiliary vector (getauxval(3)).  What is looked for is little, and
   once: its dynamic symbols are gone through one by one.  How many there are
   tells DT_HASH, or where that is missing DT_GNU_HASH (System V gABI, "Hash
   Table"; the layout of the second: glibc, elf/dl-setup_hash.c).  */

#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include "pure.h"
#include "vdso.h"

/* The tables of a mapped object.  */
struct tables
{
  const ElfW(Sym) *symbols;
  const char *strings;
  const uint32_t *hash;
  const uint32_t *gnu_hash;
};

static size_t
count_by_gnu_hash (const uint32_t *table)
{
  uint32_t buckets = table[0], first = table[1], bloom_words = table[2];
  const uint32_t *bucket
    = table + 4 + bloom_words * (sizeof (ElfW(Addr)) / sizeof *table);
  const uint32_t *chain = bucket + buckets;
  uint32_t last = 0;

  for (uint32_t i = 0; i < buckets; i++)
    if (bucket[i] > last)
      last = bucket[i];
  if (last < first)
    return first;
  while (!(chain[last - first] & 1))
    last++;
  return last + 1;
}

static size_t
count_symbols (const struct tables *t)
{
  if (t->hash)
    return t->hash[1];
  return t->gnu_hash ? count_by_gnu_hash (t->gnu_hash) : 0;
}

/* Set T from the dynamic section at DYNAMIC of what is mapped at BIAS.  */
static void
find_tables (struct tables *t, const ElfW(Dyn) *dynamic, uintptr_t bias)
{
  for (; dynamic->d_tag != DT_NULL; dynamic++)
    {
      const void *address = (const void *) (bias + dynamic->d_un.d_ptr);
      switch (dynamic->d_tag)
	{
	case DT_SYMTAB:
	  t->symbols = address;
	  break;
	case DT_STRTAB:
	  t->strings = address;
	  break;
	case DT_HASH:
	  t->hash = address;
	  break;
	case DT_GNU_HASH:
	  t->gnu_hash = address;
	  break;
	}
    }
}

/* Set V from the object at HEADER.  */
static void
read_object (struct pure_vdso *v, const ElfW(Ehdr) *header)
{
  const ElfW(Phdr) *p
    = (const void *) ((const char *) header + header->e_phoff);
  const ElfW(Dyn) *dynamic = NULL;
  uintptr_t bias = 0;
  struct tables t = { NULL, NULL, NULL, NULL };

  for (int i = 0; i < header->e_phnum; i++)
    if (p[i].p_type == PT_LOAD)
      bias = (uintptr_t) header + p[i].p_offset - p[i].p_vaddr;
    else if (p[i].p_type == PT_DYNAMIC)
      dynamic = (const void *) ((const char *) header + p[i].p_offset);
  if (!dynamic)
    return;
  find_tables (&t, dynamic, bias);
  if (!t.symbols || !t.strings)
    return;

  static const struct
  {
    const char *name;
    size_t offset;
  } wanted[] = {
    { "__vdso_clock_gettime", offsetof (struct pure_vdso, clock_gettime) },
    { "__vdso_clock_getres", offsetof (struct pure_vdso, clock_getres) },
    { "__vdso_gettimeofday", offsetof (struct pure_vdso, gettimeofday) },
    { "__vdso_time", offsetof (struct pure_vdso, time) },
    { "__vdso_getcpu", offsetof (struct pure_vdso, getcpu) },
  };
  for (size_t i = 0, n = count_symbols (&t); i < n; i++)
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
      if (t.symbols[i].st_shndx != SHN_UNDEF
	  && strcmp (t.strings + t.symbols[i].st_name, wanted[k].name) == 0)
	{
	  void *function = (void *) (bias + t.symbols[i].st_value);
	  memcpy ((char *) v + wanted[k].offset, &function, sizeof function);
	}
}

/* The first thread to come here looks.  For others, and for a signal that
   interrupts it, there is no vDSO until it has done so.  */
const struct pure_vdso *
__pure_vdso (void)
{
  static const struct pure_vdso none;
  static struct pure_vdso found;
  static int state;
  enum { UNKNOWN, BUSY, KNOWN };

  if (__builtin_expect (__atomic_load_n (&state, __ATOMIC_ACQUIRE) == KNOWN, 1))
    return &found;
  int unknown = UNKNOWN;
  if (!__atomic_compare_exchange_n (&state, &unknown, BUSY, 0,
				    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    return &none;
  const ElfW(Ehdr) *header = (const void *) getauxval (AT_SYSINFO_EHDR);
  if (header)
    read_object (&found, header);
  __atomic_store_n (&state, KNOWN, __ATOMIC_RELEASE);
  return &found;
}
