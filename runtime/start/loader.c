/* The pure ld.so, mapped as the kernel maps one.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sys/mman.h>
#include "start.h"

/* The headers of a file, as far as they are in its first bytes: they are of ours.  */
union head
{
  char bytes[2048];
  Elf64_Ehdr header;
};

static const Elf64_Phdr *
segments_of (const union head *head)
{
  return (const Elf64_Phdr *) (head->bytes + head->header.e_phoff);
}

static const char *
check (const union head *head, long size)
{
  const Elf64_Ehdr *header = &head->header;

  if (failed (size))
    return "can't be read";
  if (size < (long) sizeof *header
      || *(const unsigned int *) header->e_ident != *(const unsigned int *) ELFMAG
      || header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != PURE_MACHINE
      || header->e_type != ET_DYN || header->e_phentsize != sizeof (Elf64_Phdr)
      || header->e_phoff > (unsigned long) size
      || header->e_phnum * sizeof (Elf64_Phdr) > size - header->e_phoff)
    return "is no dynamic linker that could be mapped";
  return NULL;
}

static int
protection_of (const Elf64_Phdr *segment)
{
  return ((segment->p_flags & PF_R ? PROT_READ : 0)
	  | (segment->p_flags & PF_W ? PROT_WRITE : 0)
	  | (segment->p_flags & PF_X ? PROT_EXEC : 0));
}

/* Zero what the last page of the file's part has after it, all of it, for ld.so's
   first malloc takes that for zeros; and map the rest.  */
static long
map_zeros (const Elf64_Phdr *segment, unsigned long base)
{
  unsigned long from = base + segment->p_vaddr + segment->p_filesz;
  unsigned long to = page_up (base + segment->p_vaddr + segment->p_memsz);

  if (segment->p_memsz == segment->p_filesz)
    return 0;
  for (char *p = (char *) from; p < (char *) page_up (from); p++)
    *p = 0;
  if (page_up (from) == to)
    return 0;
  return kernel_call (__NR_mmap, page_up (from), to - page_up (from),
		      protection_of (segment), MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS,
		      -1, 0);
}

static long
map_segment (long fd, const Elf64_Phdr *segment, unsigned long base)
{
  unsigned long start = page_down (segment->p_vaddr);
  long address = kernel_call (__NR_mmap, base + start,
			      segment->p_vaddr + segment->p_filesz - start,
			      protection_of (segment), MAP_PRIVATE | MAP_FIXED, fd,
			      page_down (segment->p_offset));

  return failed (address) ? address : map_zeros (segment, base);
}

static long
map_segments (long fd, const union head *head, struct range *range)
{
  const Elf64_Phdr *segments = segments_of (head);
  unsigned long end = 0;
  long base, result = 0;

  for (int i = 0; i < head->header.e_phnum; i++)
    if (segments[i].p_type == PT_LOAD
	&& segments[i].p_vaddr + segments[i].p_memsz > end)
      end = segments[i].p_vaddr + segments[i].p_memsz;
  base = kernel_call (__NR_mmap, 0, page_up (end), PROT_NONE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed (base))
    return base;
  range->start = base;
  range->end = base + page_up (end);
  for (int i = 0; i < head->header.e_phnum && !failed (result); i++)
    if (segments[i].p_type == PT_LOAD)
      result = map_segment (fd, &segments[i], base);
  if (failed (result))
    kernel_call (__NR_munmap, base, page_up (end), 0, 0, 0, 0);
  return result;
}

const char *
map_loader (const char *file, struct loader *loader)
{
  union head head;
  const char *wrong;
  long fd = open_file (file);

  if (failed (fd))
    return "can't be opened";
  wrong = check (&head, read_all (fd, &head, sizeof head));
  if (!wrong && failed (map_segments (fd, &head, &loader->range)))
    wrong = "can't be mapped";
  close_file (fd);
  if (!wrong)
    loader->entry = loader->range.start + head.header.e_entry;
  return wrong;
}

void
hand_on_processor (const struct loader *loader, const char *text)
{
  struct pure_processor *processor
    = find_symbol ((const char *) loader->range.start, PURE_PROCESSOR_SYMBOL);
  char word[PURE_WORD_DIGITS + 1] = "";
  const char *digits;

  if (!processor || length (text) % PURE_WORD_DIGITS != 0)
    return;
  for (; *text && processor->count < PURE_PROCESSOR_WORDS; text += PURE_WORD_DIGITS)
    {
      memcpy (word, text, PURE_WORD_DIGITS);
      digits = word;
      processor->words[processor->count++] = number_at (&digits, 16);
    }
}
