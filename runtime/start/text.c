/* Strings, files and memory.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <fcntl.h>
#include <sys/mman.h>
#include "start.h"

size_t
length (const char *text)
{
  size_t n = 0;

  while (text[n])
    n++;
  return n;
}

char *
after (const char *text, const char *prefix)
{
  while (*prefix)
    if (*text++ != *prefix++)
      return NULL;
  return (char *) text;
}

char *
append (char *end, const char *text)
{
  while ((*end = *text++))
    end++;
  return end;
}

unsigned long
number_at (const char **text, unsigned int base)
{
  unsigned long number = 0;

  for (;; ++*text)
    {
      unsigned int c = (unsigned char) **text, digit = c - '0';
      if (digit > 9)
	digit = c - 'a' < 6 ? c - 'a' + 10 : base;
      if (digit >= base)
	return number;
      number = number * base + digit;
    }
}

void *
memcpy (void *to, const void *from, size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((char *) to)[i] = ((const char *) from)[i];
  return to;
}

void *
memmove (void *to, const void *from, size_t size)
{
  if (to <= from)
    return memcpy (to, from, size);
  while (size--)
    ((char *) to)[size] = ((const char *) from)[size];
  return to;
}

void *
memset (void *at, int byte, size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((char *) at)[i] = byte;
  return at;
}

int
memcmp (const void *one, const void *two, size_t size)
{
  const unsigned char *a = one, *b = two;

  for (size_t i = 0; i < size; i++)
    if (a[i] != b[i])
      return a[i] - b[i];
  return 0;
}

long
open_file (const char *file)
{
  return kernel_call (__NR_openat, AT_FDCWD, (long) file, O_RDONLY | O_CLOEXEC, 0, 0,
		      0);
}

void
close_file (long fd)
{
  kernel_call (__NR_close, fd, 0, 0, 0, 0, 0);
}

long
read_all (long fd, void *buffer, size_t size)
{
  size_t done = 0;

  while (done < size)
    {
      long got = kernel_call (__NR_read, fd, (long) buffer + done, size - done, 0, 0,
			      0);
      if (failed (got))
	return got;
      if (got == 0)
	break;
      done += got;
    }
  return done;
}

long
map_memory (size_t size)
{
  return kernel_call (__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

void
complain (const char *file, const char *what)
{
  const char *parts[] = { "pure-start: ", file, ": ", what, "\n" };

  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    kernel_call (__NR_write, 2, (long) parts[i], length (parts[i]), 0, 0, 0);
}
