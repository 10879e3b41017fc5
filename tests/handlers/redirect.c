/* Every call that takes a path or gives one, in a tree: what is printed is the same
   wherever that is.

   usage: redirect DIRECTORY, which is empty and becomes the current one

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

static char top[PATH_MAX];

/* What a call gave; descriptors are closed.  */
static void
say (const char *what, long result)
{
  printf ("%s: %s\n", what, result < 0 ? strerror (errno) : "done");
}

#define SAY(call) say (#call, call)
#define FD(call) say (#call, close_it (call))

static long
close_it (int fd)
{
  return fd < 0 ? fd : close (fd);
}

/* TEXT with @ in place of the tree's name.  */
static void
show (const char *what, const char *text)
{
  if (strncmp (text, top, strlen (top)) == 0)
    printf ("%s: @%s\n", what, text + strlen (top));
  else
    printf ("%s: %s\n", what, text);
}

static const char *
in_tree (const char *name)
{
  static char paths[2][2 * PATH_MAX];
  static int other;

  /* There may be two in a call.  */
  other = !other;
  snprintf (paths[other], sizeof *paths, "%s/%s", top, name);
  return paths[other];
}

static void
make (void)
{
  SAY (mkdir ("directory", 0755));
  SAY (mkdir (in_tree ("directory/below/"), 0755));
  FD (creat ("file", 0644));
  FD (open (in_tree ("directory/file"), O_CREAT | O_WRONLY, 0600));
  SAY (symlink ("file", "link"));
  SAY (symlink (in_tree ("directory"), in_tree ("absolute")));
  SAY (symlink ("../file", in_tree ("directory/up")));
  SAY (symlink ("missing", "dangling"));
  SAY (link ("file", "hard"));
  SAY (linkat (AT_FDCWD, "link", AT_FDCWD, "hard-link", 0));
  SAY (linkat (AT_FDCWD, in_tree ("link"), AT_FDCWD, "hard-file", AT_SYMLINK_FOLLOW));
  SAY (mkfifo (in_tree ("fifo"), 0600));
  SAY (mknod ("node", S_IFREG | 0600, 0));
}

static void
kind (const char *name)
{
  struct stat status = { .st_mode = 0 };
  struct statx more = { .stx_mode = 0 };

  show ("kind", name);
  SAY (stat (name, &status));
  SAY (lstat (name, &status));
  printf ("%o %ld\n", status.st_mode, (long) status.st_nlink);
  status.st_mode = 0;
  SAY (fstatat (AT_FDCWD, name, &status, AT_SYMLINK_NOFOLLOW));
  printf ("%o\n", status.st_mode);
  SAY (statx (AT_FDCWD, name, 0, STATX_MODE, &more));
  SAY (statx (AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, STATX_MODE, &more));
  printf ("%o\n", more.stx_mode);
  SAY (access (name, R_OK));
  SAY (faccessat (AT_FDCWD, name, X_OK, AT_EACCESS));
  FD (open (name, O_RDONLY | O_NONBLOCK));
  FD (open (name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW));
  FD (open (name, O_RDONLY | O_DIRECTORY));
  FD (open (name, O_CREAT | O_EXCL | O_WRONLY, 0600));
}

static void
look (void)
{
  static const char *const names[]
    = { "file", "link", "directory", "directory/", "absolute", "absolute/", "absolute/.",
	"absolute/up", "directory/below/..", "file/", "file/..", "missing/..", "dangling",
	"directory/../link", "./directory/./up", "fifo", "", "absolute/below/../up" };

  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    {
      kind (names[i]);
      kind (in_tree (names[i]));
    }
}

static void
from_descriptors (void)
{
  const int directory = open (in_tree ("absolute"), O_RDONLY | O_DIRECTORY);
  struct open_how how = { .flags = O_RDONLY };
  struct stat status;
  char name[PATH_MAX], link[PATH_MAX] = "";

  FD (openat (directory, "up", O_RDONLY));
  FD (openat (directory, "../file", O_RDONLY));
  FD (syscall (SYS_openat2, directory, "file", &how, sizeof how));
  how.flags |= O_NOFOLLOW;
  FD (syscall (SYS_openat2, directory, "up", &how, sizeof how));
  how.flags = O_RDONLY;
  how.resolve = RESOLVE_BENEATH;
  FD (syscall (SYS_openat2, directory, "file", &how, sizeof how));
  FD (syscall (SYS_openat2, directory, "up", &how, sizeof how));
  SAY (fstatat (directory, "", &status, AT_EMPTY_PATH));
  printf ("%o\n", status.st_mode);
  SAY (unlinkat (directory, "file", 0));
  SAY (mkdirat (directory, "new", 0700));
  SAY (unlinkat (directory, "new", AT_REMOVEDIR));
  SAY (symlinkat ("text", directory, "text"));
  SAY (renameat (directory, "text", AT_FDCWD, "text"));
  snprintf (name, sizeof name, "/proc/self/fd/%d", directory);
  SAY (readlink (name, link, sizeof link));
  show ("descriptor", link);
  snprintf (name, sizeof name, "/proc/self/fd/%d/below", directory);
  SAY (access (name, R_OK));
  SAY (fchdir (directory));
  show ("here", getcwd (name, sizeof name));
  SAY (chdir (".."));
  show ("here", getcwd (name, sizeof name));
  SAY (chdir ("absolute/below"));
  show ("here", getcwd (name, sizeof name));
  SAY (syscall (SYS_getcwd, name, 3));
  SAY (chdir (top));
  close (directory);
}

static void
names (void)
{
  static char text[PATH_MAX];
  ssize_t length = readlink (in_tree ("absolute"), text, sizeof text - 1);

  text[length < 0 ? 0 : length] = '\0';
  show ("absolute", text);
  length = readlinkat (AT_FDCWD, "link", text, sizeof text - 1);
  text[length < 0 ? 0 : length] = '\0';
  show ("link", text);
  length = readlink ("/proc/self/cwd", text, sizeof text - 1);
  text[length < 0 ? 0 : length] = '\0';
  show ("cwd", text);
  SAY (readlink ("/proc/self/cwd", text, 2) == 2 ? 0 : -1);
  SAY (readlink ("file", text, sizeof text));
  SAY (readlink ("link", text, 0));
  show ("realpath", realpath ("absolute/up", NULL));
}

static void
change (void)
{
  const struct timeval times[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
  struct stat status;
  struct statfs system;
  char value[8];

  SAY (chmod ("link", 0640));
  SAY (fchmodat (AT_FDCWD, in_tree ("hard"), 0600, 0));
  SAY (chown ("link", getuid (), getgid ()));
  SAY (lchown (in_tree ("dangling"), getuid (), getgid ()));
  SAY (fchownat (AT_FDCWD, "dangling", getuid (), getgid (), AT_SYMLINK_NOFOLLOW));
  SAY (truncate (in_tree ("link"), 10));
  SAY (utimes ("file", times));
  SAY (utimensat (AT_FDCWD, "dangling", NULL, AT_SYMLINK_NOFOLLOW));
  SAY (lutimes (in_tree ("link"), times));
  SAY (stat (in_tree ("hard"), &status));
  printf ("%o %ld %ld\n", status.st_mode, (long) status.st_size, (long) status.st_mtime);
  SAY (statfs (in_tree ("directory"), &system));
  SAY (setxattr ("link", "user.name", "value", 5, 0));
  SAY (getxattr (in_tree ("file"), "user.name", value, sizeof value));
  SAY (lgetxattr (in_tree ("link"), "user.name", value, sizeof value));
  SAY (removexattr ("file", "user.name"));
  SAY (close_it (inotify_add_watch (inotify_init (), in_tree ("file"), IN_MODIFY)) < -1);
  SAY (rename ("file", in_tree ("moved")));
  SAY (rename (in_tree ("moved"), in_tree ("directory/moved")));
  SAY (renameat2 (AT_FDCWD, "directory/moved", AT_FDCWD, "hard", RENAME_EXCHANGE));
  SAY (unlink ("link"));
  SAY (unlink (in_tree ("absolute/")));
  SAY (rmdir (in_tree ("directory/below/.")));
  SAY (rmdir (in_tree ("directory/below/")));
  SAY (rmdir ("directory"));
}

static struct sockaddr_un
address (const char *path)
{
  struct sockaddr_un un = { .sun_family = AF_UNIX };

  strncpy (un.sun_path, path, sizeof un.sun_path - 1);
  return un;
}

static void
sockets (void)
{
  struct sockaddr_un un = address (in_tree ("socket")), got = { .sun_family = 0 };
  const int listener = socket (AF_UNIX, SOCK_STREAM, 0);
  const int client = socket (AF_UNIX, SOCK_STREAM, 0);
  const int sender = socket (AF_UNIX, SOCK_DGRAM, 0);
  const int receiver = socket (AF_UNIX, SOCK_DGRAM, 0);
  const struct sockaddr *any = (const struct sockaddr *) &un;
  struct sockaddr *to = (struct sockaddr *) &got;
  struct iovec vector = { "x", 1 };
  struct msghdr message = { .msg_name = &un, .msg_namelen = sizeof un, .msg_iov = &vector,
			    .msg_iovlen = 1 };
  socklen_t size = sizeof got;
  char text[8];

  SAY (bind (listener, any, sizeof un));
  SAY (listen (listener, 1));
  SAY (connect (client, any, sizeof un));
  SAY (getsockname (listener, to, &size));
  show ("listener", got.sun_path);
  size = sizeof got;
  SAY (getpeername (client, to, &size));
  show ("peer", got.sun_path);
  un = address ("datagrams");
  SAY (bind (receiver, any, sizeof un));
  un = address (in_tree ("sender"));
  SAY (bind (sender, any, sizeof un));
  un = address ("datagrams");
  SAY (sendto (sender, "x", 1, 0, any, sizeof un));
  size = sizeof got;
  SAY (recvfrom (receiver, text, sizeof text, 0, to, &size));
  show ("from", got.sun_path);
  SAY (sendmsg (sender, &message, 0));
  un = address ("nobody");
  SAY (sendto (sender, "x", 1, 0, any, sizeof un));
  SAY (access ("socket", F_OK));
}

static void
run (void)
{
  const pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      execl ("absolute/shell", "shell", "-c", "exit 7", NULL);
      _exit (1);
    }
  waitpid (child, &status, 0);
  printf ("exec: %d\n", WEXITSTATUS (status));
}

int
main (int argc, char **argv)
{
  if (argc != 2 || chdir (argv[1]) || !getcwd (top, sizeof top))
    return 2;
  umask (022);
  make ();
  look ();
  from_descriptors ();
  names ();
  SAY (symlink ("/bin/sh", "directory/shell"));
  run ();
  change ();
  sockets ();
  return 0;
}
