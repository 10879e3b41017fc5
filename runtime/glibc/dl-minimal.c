/* What ld.so allocates: by the program's malloc, as ever, but for what it does on
   behalf of an isolated handler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A handler may be called in the middle of malloc, with its locks held, and then
   needs thread-local data or loads a library.  So the memory for that comes from
   here: in blocks of a few sizes, on lists that need no lock, since a thread that has
   one may not be there after a fork.  A list is taken as a whole, for one block of
   it: what others do meanwhile can't be mistaken.  Memory is from the kernel itself,
   and the lists keep it.

   Such a block may be given back at any time, when a thread ends, say, and a block of
   the program's while its malloc can't be called: it waits.

   What is allocated before there is any malloc has the same header.  For glibc's own
   ld.so that is known by where it stands, as far as programs without auditors go; the
   rest ends in the program's free when all memory is freed (dl-libc.c).  */

#include <ldsodefs.h>

/* The stock functions, by names of their own.  */
#define __rtld_malloc_init_stubs stock_init_stubs
#define __rtld_malloc_init_real stock_init_real
#define __rtld_malloc_is_complete stock_is_complete
extern void stock_init_stubs (void) attribute_hidden;
extern void stock_init_real (struct link_map *) attribute_hidden;
extern bool stock_is_complete (void) attribute_hidden;
#include <elf/dl-minimal.c>
#undef __rtld_malloc_init_stubs
#undef __rtld_malloc_init_real
#undef __rtld_malloc_is_complete

#include <asm/unistd.h>
#include <string.h>
#include <sys/mman.h>
#include <pure.h>
#include "pure-start.h"

/* In front of a block of ours.  */
struct header
{
  size_t size : 63;
  /* From before there is a malloc: it stays.  */
  size_t early : 1;
  /* By which it is known: an address has 47 bits, and this has the others, of one
     that is the block's own.  */
  uintptr_t mark;
};

struct block
{
  struct block *next;
};

enum
{
  LEAST = 5, MOST = 12,		/* the sizes, header included: powers of two */
  CHUNK = 4 * PURE_PAGE		/* so much is asked for at a time */
};

#define MARK 0x7075726500000000

static struct block *free_blocks[MOST + 1];

/* Those of the program's that have been given back.  */
static struct block *waiting;

static void *(*program_malloc) (size_t) attribute_relro;
static void *(*program_calloc) (size_t, size_t) attribute_relro;
static void *(*program_realloc) (void *, size_t) attribute_relro;
static void (*program_free) (void *) attribute_relro;
static bool complete attribute_relro;

/* Is the thread in an isolated handler?  There is no thread before there is one.  */
static inline bool
inside (void)
{
  return (__pure_process.isolated.handler != NULL && pure_inside () != 0);
}

static void
push (struct block **list, struct block *first, struct block *last)
{
  last->next = __atomic_load_n (list, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n (list, &last->next, first, true,
				       __ATOMIC_RELEASE, __ATOMIC_RELAXED))
    continue;
}

static inline struct block *
take_all (struct block **list)
{
  return __atomic_exchange_n (list, NULL, __ATOMIC_ACQUIRE);
}

static void *
from_kernel (size_t size)
{
  long address = __pure_raw_gateway (__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return (unsigned long) address > -4096ul ? NULL : (void *) address;
}

static inline struct header *
header_of (void *pointer)
{
  return (struct header *) pointer - 1;
}

static inline uintptr_t
mark_of (const struct header *header)
{
  return MARK ^ (uintptr_t) header;
}

/* No block of ours is at the start of a page, so that what is read is there.  */
static inline bool
ours (void *pointer)
{
  return (((uintptr_t) pointer & (PURE_PAGE - 1)) != 0
	  && header_of (pointer)->mark == mark_of (header_of (pointer)));
}

/* One of size 1 << CLASS.  */
static struct block *
take_block (int class)
{
  struct block *first = take_all (&free_blocks[class]), *last;

  if (first == NULL)
    {
      char *chunk = from_kernel (CHUNK);
      if (chunk == NULL)
	return NULL;
      for (size_t at = 0; at < CHUNK; at += (size_t) 1 << class)
	{
	  struct block *block = (struct block *) (chunk + at);
	  block->next = first;
	  first = block;
	}
    }
  if (first->next != NULL)
    {
      for (last = first->next; last->next != NULL; last = last->next)
	continue;
      push (&free_blocks[class], first->next, last);
    }
  return first;
}

static void *
own_malloc (size_t size)
{
  size_t whole = size + sizeof (struct header);
  struct header *header;

  if (whole < size)
    return NULL;
  if (whole > (size_t) 1 << MOST)
    header = from_kernel (whole);
  else
    {
      int class = LEAST;
      while ((size_t) 1 << class < whole)
	class++;
      header = (struct header *) take_block (class);
      whole = (size_t) 1 << class;
    }
  if (header == NULL)
    return NULL;
  header->size = whole;
  header->early = 0;
  header->mark = mark_of (header);
  return header + 1;
}

static void
own_free (void *pointer)
{
  struct header *header = header_of (pointer);
  size_t size = header->size;

  if (header->early)
    {
      if (!complete)
	program_free (header);
      return;
    }
  header->mark = 0;
  if (size > (size_t) 1 << MOST)
    __pure_raw_gateway (__NR_munmap, (long) header, size, 0, 0, 0, 0);
  else
    push (&free_blocks[__builtin_ctzl (size)], (struct block *) header,
	  (struct block *) header);
}

/* Before there is any malloc: glibc's minimal one.  */
static void *
early_malloc (size_t size)
{
  size_t whole = size + sizeof (struct header);
  struct header *header;

  if (whole < size)
    return NULL;
  /* Not so that the block would start a page.  */
  do
    header = program_malloc (whole);
  while (header != NULL && ((uintptr_t) (header + 1) & (PURE_PAGE - 1)) == 0);
  if (header == NULL)
    return NULL;
  header->size = whole;
  header->early = 1;
  header->mark = mark_of (header);
  return header + 1;
}

/* The program's malloc can be called: give it what waits.  */
static inline void
give_back (void)
{
  if (__glibc_likely (__atomic_load_n (&waiting, __ATOMIC_RELAXED) == NULL))
    return;
  struct block *next, *block = take_all (&waiting);
  for (; block != NULL; block = next)
    {
      next = block->next;
      program_free (block);
    }
}

static void *
pure_malloc (size_t size)
{
  if (inside ())
    return own_malloc (size);
  if (!complete)
    return early_malloc (size);
  give_back ();
  return program_malloc (size);
}

static void *
pure_calloc (size_t count, size_t size)
{
  size_t bytes;

  if (!inside ())
    {
      give_back ();
      return program_calloc (count, size);
    }
  if (__builtin_mul_overflow (count, size, &bytes))
    return NULL;
  void *pointer = own_malloc (bytes);
  return pointer != NULL ? memset (pointer, 0, bytes) : NULL;
}

static void
pure_free (void *pointer)
{
  if (pointer == NULL)
    return;
  if (ours (pointer))
    own_free (pointer);
  else if (inside ())
    push (&waiting, pointer, pointer);
  else
    {
      give_back ();
      program_free (pointer);
    }
}

/* How many bytes are at POINTER, a block of the program's that a handler's thread
   wants to be larger.  Only the vector of its thread-local data can be one.  */
static inline size_t
size_of_vector (void *pointer)
{
  dtv_t *vector = THREAD_DTV ();

  return (pointer == &vector[-1] ? (2 + vector[-1].counter) * sizeof (dtv_t) : 0);
}

static void *
pure_realloc (void *pointer, size_t size)
{
  size_t old;

  if (pointer == NULL)
    return pure_malloc (size);
  if (ours (pointer))
    old = header_of (pointer)->size - sizeof (struct header);
  else if (inside ())
    old = size_of_vector (pointer);
  else
    {
      give_back ();
      return program_realloc (pointer, size);
    }
  void *new = old != 0 ? pure_malloc (size) : NULL;
  if (new != NULL)
    {
      memcpy (new, pointer, MIN (old, size));
      pure_free (pointer);
    }
  return new;
}

/* Ours, with what there is for the program after them.  */
static void
take_place (void)
{
  program_malloc = __rtld_malloc;
  program_calloc = __rtld_calloc;
  program_realloc = __rtld_realloc;
  program_free = __rtld_free;
  __rtld_malloc = pure_malloc;
  __rtld_calloc = pure_calloc;
  __rtld_realloc = pure_realloc;
  __rtld_free = pure_free;
}

void
__rtld_malloc_init_stubs (void)
{
  stock_init_stubs ();
  take_place ();
}

void
__rtld_malloc_init_real (struct link_map *main_map)
{
  stock_init_real (main_map);
  take_place ();
  complete = true;
  __pure_process.free = pure_free;
  __pure_settle_static_tls ();
  __pure_check_handler ();
}

bool
__rtld_malloc_is_complete (void)
{
  return complete;
}
