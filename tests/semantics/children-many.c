/* 10,000 threads and 10,000 children of vfork, and as many of clone with a
   stack, leave nothing: no file descriptor, no mapping, no memory.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dirent.h>
#include "children.h"

/* AT_ONCE threads are alive at the same time; after WARM_UP of each kind libc
   has cached what it caches.  */
enum { MANY = 10000, AT_ONCE = 50, WARM_UP = 200 };
/* What may come and go in libc.  */
enum { NOISE_OF_MAPPINGS = 8, NOISE_OF_PAGES = 512 };

struct use
{
  long descriptors, mappings, pages;
};

static long
count_descriptors (void)
{
  long count = 0;
  DIR *dir = opendir ("/proc/self/fd");
  CHECK (dir);
  while (readdir (dir))
    count++;
  closedir (dir);
  return count;
}

static long
count_mappings (void)
{
  long count = 0;
  int c;
  FILE *maps = fopen ("/proc/self/maps", "r");
  CHECK (maps);
  while ((c = getc (maps)) != EOF)
    count += c == '\n';
  fclose (maps);
  return count;
}

static long
count_pages (void)
{
  long size, resident;
  FILE *statm = fopen ("/proc/self/statm", "r");
  CHECK (statm && fscanf (statm, "%ld %ld", &size, &resident) == 2);
  fclose (statm);
  return resident;
}

static struct use
measure (void)
{
  struct use use
    = { count_descriptors (), count_mappings (), count_pages () };
  return use;
}

static void
threads (int count)
{
  pthread_t ids[AT_ONCE];
  int status[AT_ONCE];
  for (int done = 0; done < count; done += AT_ONCE)
    {
      for (int i = 0; i < AT_ONCE; i++)
	CHECK (pthread_create (&ids[i], NULL, thread, &status[i]) == 0);
      for (int i = 0; i < AT_ONCE; i++)
	CHECK (pthread_join (ids[i], NULL) == 0 && status[i] == CHILD_STATUS);
    }
}

static void
vforks (int count)
{
  for (int i = 0; i < count; i++)
    CHECK (by_vfork () == CHILD_STATUS);
}

static void
clones (int count)
{
  for (int i = 0; i < count; i++)
    CHECK (by_clone_vfork () == CHILD_STATUS);
}

int
main (void)
{
  static void (*const kinds[]) (int) = { threads, vforks, clones };

  parents_way = way ();
  for (int i = 0; i < 3; i++)
    {
      kinds[i](WARM_UP);
      struct use before = measure ();
      kinds[i](MANY);
      struct use after = measure ();
      printf ("%s: %ld descriptors, %ld mappings, %ld pages; before: %ld, "
	      "%ld, %ld\n",
	      i == 0 ? "threads" : i == 1 ? "vfork" : "clone",
	      after.descriptors, after.mappings, after.pages,
	      before.descriptors, before.mappings, before.pages);
      CHECK (after.descriptors == before.descriptors);
      CHECK (after.mappings <= before.mappings + NOISE_OF_MAPPINGS);
      CHECK (after.pages < before.pages + NOISE_OF_PAGES);
    }
  return 0;
}
