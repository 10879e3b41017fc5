/* Every call that waits for a disk, right and wrong: what is printed is the same
   with and without the handler nosync.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define SAY(call)						\
  do								\
    {								\
      long result_ = (call);					\
      printf ("%s: %s\n", #call, result_ < 0 ? strerror (errno) : "done"); \
    }								\
  while (0)

/* On each kind of descriptor.  */
static void
descriptors (void)
{
  int pipes[2], sockets[2];
  const int file = open ("file", O_RDWR | O_CREAT, 0666);
  const int directory = open (".", O_RDONLY);
  const int path = open ("file", O_PATH);
  const int null = open ("/dev/null", O_WRONLY);

  if (pipe (pipes) || socketpair (AF_UNIX, SOCK_STREAM, 0, sockets))
    return;
  const struct { const char *name; int fd; } all[] = {
    { "file", file }, { "directory", directory }, { "path", path },
    { "null", null }, { "pipe", pipes[0] }, { "socket", sockets[0] },
    { "none", 999 }, { "negative", -1 },
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    {
      const int fd = all[i].fd;
      printf ("%s\n", all[i].name);
      SAY (fsync (fd));
      SAY (fdatasync (fd));
      SAY (syncfs (fd));
      SAY (sync_file_range (fd, 0, 0, SYNC_FILE_RANGE_WRITE));
      SAY (sync_file_range (fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE
			    | SYNC_FILE_RANGE_WRITE
			    | SYNC_FILE_RANGE_WAIT_AFTER));
      SAY (sync_file_range (fd, -1, 0, SYNC_FILE_RANGE_WRITE));
      SAY (sync_file_range (fd, 0, 0, 64));
    }
}

static void
memory (void)
{
  const int file = open ("file", O_RDWR);
  char *map = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  char *gone = mmap (NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  munmap (gone, 4096);
  SAY (msync (map, 4096, MS_SYNC));
  SAY (msync (map, 4096, MS_ASYNC));
  SAY (msync (map, 4096, MS_SYNC | MS_INVALIDATE));
  SAY (msync (map, 4096, MS_SYNC | MS_ASYNC));
  SAY (msync (map, 4096, 64));
  SAY (msync (map + 1, 4096, MS_SYNC));
  SAY (msync (gone, 4096, MS_SYNC));
}

static void
writes (int fd)
{
  struct iovec vector = { "text", 4 };

  SAY (write (fd, "data", 4));
  SAY (pwritev2 (fd, &vector, 1, 0, RWF_SYNC));
  SAY (pwritev2 (fd, &vector, 1, 0, RWF_DSYNC));
  SAY (pwritev2 (fd, &vector, 1, 0, 1 << 30));
  close (fd);
}

static void
opens (void)
{
  struct { struct open_how how; long more; } long_how = {
    .how = { .flags = O_WRONLY | O_CREAT | O_SYNC, .mode = 0600 } };
  struct open_how how = long_how.how;

  writes (open ("new", O_WRONLY | O_CREAT | O_SYNC, 0600));
  writes (openat (AT_FDCWD, "new", O_WRONLY | O_DSYNC));
  writes (syscall (SYS_open, "new", O_WRONLY | O_SYNC));
  writes (syscall (SYS_openat2, AT_FDCWD, "new", &how, sizeof how));
  SAY (how.flags == (O_WRONLY | O_CREAT | O_SYNC) ? 0 : -1);
  writes (syscall (SYS_openat2, AT_FDCWD, "new", &long_how, sizeof long_how));
  long_how.more = 1;
  SAY (syscall (SYS_openat2, AT_FDCWD, "new", &long_how, sizeof long_how));
  SAY (syscall (SYS_openat2, AT_FDCWD, "new", &how, 8));
  SAY (syscall (SYS_openat2, AT_FDCWD, "new", 8L, sizeof how));
  SAY (open ("/nonexistent/file", O_WRONLY | O_SYNC));
}

int
main (void)
{
  descriptors ();
  memory ();
  opens ();
  sync ();
  return 0;
}
