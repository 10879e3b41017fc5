/* Files, directories, mappings and streams.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <aio.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include "checks.h"

static int entries;

static int
visit (const char *name, const struct stat *st, int type, struct FTW *ftw)
{
  (void) name, (void) st, (void) ftw;
  entries += type == FTW_DP ? 100 : 1;
  return type == FTW_DP ? rmdir (name) : unlink (name);
}

static void
files (void)
{
  char name[] = "checks-XXXXXX", text[20] = "", path[5000];
  struct stat st;
  say (mkdtemp (name) == name);
  say (chdir (name));
  say (getcwd (path, sizeof path) == path);
  say (strcmp (strrchr (path, '/') + 1, name));
  int fd = open ("a", O_RDWR | O_CREAT | O_EXCL, 0640);
  say (open ("a", O_RDWR | O_CREAT | O_EXCL, 0640));
  say (pwrite (fd, "0123456789", 10, 5));
  say (pread (fd, text, 4, 6));
  say (lseek (fd, -3, SEEK_END));
  struct iovec v[2] = { { "ab", 2 }, { "cde", 3 } };
  say (writev (fd, v, 2));
  say (ftruncate (fd, 14));
  say (fstat (fd, &st) + st.st_size);
  say (st.st_mode & 07777);
  say (link ("a", "b") + symlink ("b", "c") + rename ("a", "d"));
  say (readlink ("c", text, sizeof text));
  say (access ("a", F_OK));
  say (lstat ("c", &st) + S_ISLNK (st.st_mode));
  struct timespec times[2] = { { 1, 2 }, { 3, 4 } };
  say (utimensat (AT_FDCWD, "b", times, 0));
  say (stat ("c", &st) + st.st_mtim.tv_sec * 10 + st.st_mtim.tv_nsec);
  say (mkdir ("e", 0700) + mkfifo ("e/f", 0600));
  DIR *dir = opendir (".");
  int n = 0;
  while (readdir (dir))
    n++;
  closedir (dir);
  say (n);
  glob_t g;
  say (glob ("[a-c]", 0, NULL, &g) + 10 * g.gl_pathc);
  struct flock lock = { .l_type = F_WRLCK };
  say (fcntl (fd, F_SETLK, &lock));
  pid_t child = fork ();
  if (child == 0)
    _exit (fcntl (fd, F_SETLK, &lock) == -1 ? 1 : 2);
  say (end_of (child));
  say (posix_fallocate (fd, 0, 100000));
  say (chdir (".."));
  say (nftw (name, visit, 10, FTW_DEPTH | FTW_PHYS));
  say (entries);
}

static void
memory (void)
{
  char *p = mmap (NULL, 8192, PROT_READ | PROT_WRITE,
		  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      p[5000] = 42;
      _exit (0);
    }
  say (end_of (child));
  say (p[5000]);
  p = mremap (p, 8192, 4096, MREMAP_MAYMOVE);
  say (p == MAP_FAILED);
  say (munmap (p, 4096));
  int fd = shm_open ("/purecc-checks", O_RDWR | O_CREAT, 0600);
  say (ftruncate (fd, 4096));
  p = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  strcpy (p, "shared");
  char text[10] = "";
  say (pread (fd, text, 6, 0));
  say (strcmp (text, "shared"));
  say (shm_unlink ("/purecc-checks"));
  int id = shmget (IPC_PRIVATE, 4096, 0600);
  p = shmat (id, NULL, 0);
  say (shmctl (id, IPC_RMID, NULL) + shmdt (p));
  say (madvise (NULL, 4096, MADV_NORMAL));
}

static void
stdio (void)
{
  FILE *f = tmpfile ();
  char *line = NULL, word[20];
  size_t size = 0;
  double d;
  int i;
  for (int n = 0; n < 10000; n++)
    fprintf (f, "%d %.3f %s %lc\n", n, n / 7.0, "word", L'x');
  say (ftell (f));
  say (fseek (f, 100000, SEEK_SET));
  say (getline (&line, &size, f));
  say (fscanf (f, "%d %lf %s", &i, &d, word));
  printf ("%d %f %s\n", i, d, word);
  say (ungetc ('q', f) + getc (f));
  rewind (f);
  long bytes = 0;
  while (fgetc (f) != EOF)
    bytes++;
  say (bytes);
  say (feof (f) + 10 * ferror (f));
  fclose (f);
  char *buffer;
  f = open_memstream (&buffer, &size);
  fprintf (f, "%010.4Lf|%a|%-8s|%+d", 3.25L, 1.0, "left", 7);
  fclose (f);
  printf ("%zu %s\n", size, buffer);
  say (fopen ("/no/such", "r") == NULL);
  f = fopen ("/dev/full", "w");
  fputs ("x", f);
  say (fclose (f));
}

static void
asynchronous_io (void)
{
  char text[10] = "";
  FILE *f = tmpfile ();
  struct aiocb cb = { .aio_fildes = fileno (f), .aio_buf = "written",
		      .aio_nbytes = 7 };
  const struct aiocb *list[] = { &cb };
  say (aio_write (&cb));
  while (aio_error (&cb) == EINPROGRESS)
    aio_suspend (list, 1, NULL);
  say (aio_return (&cb));
  cb.aio_buf = text;
  say (aio_read (&cb));
  while (aio_error (&cb) == EINPROGRESS)
    aio_suspend (list, 1, NULL);
  say (aio_return (&cb));
  puts (text);
}

const struct check file_checks[] = {
  CHECK (files), CHECK (memory), CHECK (stdio), CHECK (asynchronous_io), { NULL, NULL }
};
