/* Paths that are made at random, in a tree full of links: each is walked to the file that
   the kernel opens, or can't be walked where the kernel can't.

   usage: walk DIRECTORY, which is empty

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <purecc-handler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATHS 20000

static const char *const words[]
  = { "a", "b", "file", "up", "again", "abs", "loop", "none", "dangling", ".", "..",
      "", "down", "proc", "self" };

static char top[PURE_PATH_SIZE / 2];

static void
link_to (const char *to, const char *name)
{
  if (symlink (to, name))
    perror (name);
}

static int
make_tree (const char *directory)
{
  if (chdir (directory) || !getcwd (top, sizeof top) || mkdir ("a", 0777)
      || mkdir ("a/b", 0777) || mkdir ("a/b/a", 0777) || mkdir ("b", 0777))
    return 1;
  close (open ("file", O_CREAT | O_WRONLY, 0666));
  close (open ("a/b/file", O_CREAT | O_WRONLY, 0666));
  link_to ("..", "a/up");
  link_to ("a/b/", "down");
  link_to ("down", "again");
  link_to ("../b", "a/b/up");
  link_to (top, "a/b/abs");
  link_to ("loop", "loop");
  link_to ("nowhere", "dangling");
  link_to ("../a/./b//file", "b/file");
  link_to ("/proc/self/cwd", "proc");
  link_to ("/proc/self/", "self");
  return 0;
}

static void
make_path (char *path)
{
  int i, count = 1 + rand () % 7;

  *path = '\0';
  if (rand () % 3 == 0)
    strcat (strcpy (path, top), "/");
  for (i = 0; i < count; i++)
    {
      strcat (path, words[(size_t) rand () % (sizeof words / sizeof *words)]);
      if (i < count - 1 || rand () % 4 == 0)
	strcat (path, "/");
    }
}

/* What PATH is by the kernel: 0 and its name, or -errno.  */
static int
kernel (char *name, int directory, const char *path, bool follow)
{
  int fd = openat (directory, path, O_PATH | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
  long length;

  if (fd < 0)
    return -errno;
  length = pure_fd_path (name, PURE_PATH_SIZE, fd);
  close (fd);
  return length < 0 ? (int) length : 0;
}

/* Of PATH: a file that isn't there may have a walk, which leads to nothing either.  */
static int
compare (int directory, const char *path, bool follow)
{
  static struct pure_path walked;
  char name[PURE_PATH_SIZE], again[PURE_PATH_SIZE];
  const int there = kernel (name, directory, path, follow);
  const int error = pure_walk (&walked, NULL, directory, path, follow);
  const int led = error ? error : kernel (again, AT_FDCWD, walked.real, false);

  /* A link of /proc's is the last that the kernel is to follow.  */
  if (!error && pure_path_is_magic (walked.seen))
    return 0;
  if (there == led && (there || (strcmp (name, again) == 0
				 && strcmp (name, walked.seen) == 0)))
    return 0;
  printf ("%s, from %d, %d: kernel %d %s, walked %d %s\n", path, directory, follow,
	  there, there ? "" : name, led, error ? "" : walked.real);
  return 1;
}

int
main (int argc, char **argv)
{
  char path[PURE_PATH_SIZE];
  int directories[3] = { AT_FDCWD }, failed = 0, i;

  if (argc != 2 || make_tree (argv[1]))
    return 2;
  directories[1] = open ("a/b", O_RDONLY | O_DIRECTORY);
  directories[2] = open ("file", O_RDONLY);
  srand (1);
  for (i = 0; i < PATHS && failed < 20; i++)
    {
      make_path (path);
      if (*path)
	failed += compare (directories[rand () % 3], path, rand () % 2);
    }
  return failed != 0;
}
