/* Descriptors that a handler hands on to its next instance (purecc.h).

   SPDX-License-Identifier: LGPL-2.1-or-later

   They are in the variable of abi/run.h, at its end: pure-start.so has no use for them.
   Which file it was stands there too: what is in between may have closed it.  */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <purecc.h>
#include "pure-keep.h"

#ifdef SHARED

/* ";kept=KEY:DEVICE:INODE:FD", in hexadecimal digits.  */
# define BEGINNING ";" PURE_KEY_KEPT "="

enum
{
  DIGITS = 16,
  BEGINNING_SIZE = sizeof BEGINNING - 1,
  ENTRY_SIZE = BEGINNING_SIZE + 4 * (DIGITS + 1) - 1
};

struct entry
{
  unsigned long key, device, inode, fd;
};

static char *
write_number (char *to, unsigned long number)
{
  for (int shift = 4 * DIGITS - 4; shift >= 0; shift -= 4)
    *to++ = "0123456789abcdef"[number >> shift & 15];
  return to;
}

static char *
write_entry (char *to, const struct entry *entry)
{
  const unsigned long numbers[] = { entry->key, entry->device, entry->inode, entry->fd };

  to = __mempcpy (to, BEGINNING, BEGINNING_SIZE);
  for (int i = 0; i < 4; i++)
    {
      if (i > 0)
	*to++ = ':';
      to = write_number (to, numbers[i]);
    }
  return to;
}

static unsigned long
read_number (const char *from)
{
  unsigned long number = 0;

  for (int i = 0; i < DIGITS; i++)
    number = number << 4 | (from[i] <= '9' ? from[i] - '0' : from[i] - 'a' + 10);
  return number;
}

static struct entry
read_entry (const char *text)
{
  const char *number = text + BEGINNING_SIZE;

  return (struct entry) { read_number (number), read_number (number + DIGITS + 1),
			  read_number (number + 2 * (DIGITS + 1)),
			  read_number (number + 3 * (DIGITS + 1)) };
}

/* The first entry of VARIABLE, of those that are at its end; or the end.  What is
   before has hexadecimal digits at its end (PURE_KEY_PROCESSOR).  */
static const char *
first_entry (const char *variable)
{
  const char *first = variable + strlen (variable);

  while (first - variable >= ENTRY_SIZE
	 && memcmp (first - ENTRY_SIZE, BEGINNING, BEGINNING_SIZE) == 0)
    first -= ENTRY_SIZE;
  return first;
}

static const char *
variable (void)
{
  const struct pure_start *start = __pure_process.start;

  return start == NULL ? "" : __atomic_load_n (&start->start_variable,
					       __ATOMIC_ACQUIRE);
}

/* Is it still that file?  */
static int
open_p (const struct entry *entry)
{
  struct stat status;

  return (pure_raw (__NR_fstat, entry->fd, (long) &status, 0, 0) == 0
	  && status.st_dev == entry->device && status.st_ino == entry->inode);
}

void
__pure_let_pass (int pass)
{
  for (const char *text = first_entry (variable ()); *text; text += ENTRY_SIZE)
    {
      const struct entry entry = read_entry (text);
      if (open_p (&entry))
	pure_raw (__NR_fcntl, entry.fd, F_SETFD, pass ? 0 : FD_CLOEXEC, 0);
    }
}

int
__pure_kept_descriptor (unsigned long key)
{
  for (const char *text = first_entry (variable ()); *text; text += ENTRY_SIZE)
    {
      const struct entry entry = read_entry (text);
      if (entry.key == key && open_p (&entry))
	{
	  pure_raw (__NR_fcntl, entry.fd, F_SETFD, FD_CLOEXEC, 0);
	  return entry.fd;
	}
    }
  return -1;
}

/* A copy of OLD, without the entry of KEY, and with room for one more at *END.  It
   stays.  NULL: there is no memory.  */
static char *
copy_without (const char *old, unsigned long key, char **end)
{
  const char *entry = first_entry (old);
  long address = __pure_raw_gateway (__NR_mmap, 0, strlen (old) + ENTRY_SIZE + 1,
				     PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if ((unsigned long) address > -4096ul)
    return NULL;
  *end = __mempcpy ((char *) address, old, entry - old);
  for (; *entry; entry += ENTRY_SIZE)
    if (read_entry (entry).key != key)
      *end = __mempcpy (*end, entry, ENTRY_SIZE);
  return (char *) address;
}

int
__pure_keep_descriptor (unsigned long key, int fd)
{
  struct pure_start *start = __pure_process.start;
  struct stat status;
  char *new, *end;
  long result = 0;

  if (start == NULL || start->follow == PURE_FOLLOW_NONE
      || start->follow == PURE_FOLLOW_BY_ROOT)
    return -ENOSYS;
  if (fd >= 0)
    result = pure_raw (__NR_fstat, fd, (long) &status, 0, 0);
  if (result != 0)
    return result;
  new = copy_without (start->start_variable, key, &end);
  if (new == NULL)
    return -ENOMEM;
  if (fd >= 0)
    write_entry (end, &(struct entry) { key, status.st_dev, status.st_ino, fd });
  __atomic_store_n (&start->start_variable, new, __ATOMIC_RELEASE);
  return 0;
}

#else

int
__pure_kept_descriptor (unsigned long key __attribute__ ((__unused__)))
{
  return -1;
}

int
__pure_keep_descriptor (unsigned long key __attribute__ ((__unused__)),
			int fd __attribute__ ((__unused__)))
{
  return -ENOSYS;
}

#endif

PURE_WEAK_ALIAS (pure_keep_descriptor);
PURE_WEAK_ALIAS (pure_kept_descriptor);
