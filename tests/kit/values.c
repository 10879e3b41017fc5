/* Under the handler of values-handler.c: the values of descriptors are where they have to
   be.

   usage: values, in a directory that is empty; values FD VALUE [FD VALUE]...: have they?

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char *self;
static int failed;

static void
expect (const char *what, int fd, int value)
{
  const int got = (int) syscall (SYS_fcntl, fd, 4242);

  if (got != value)
    failed |= printf ("%s: descriptor %d has %d, not %d\n", what, fd, got, value);
  fflush (stdout);
}

static int
make (const char *name, int flags)
{
  return open (name, O_CREAT | O_RDWR | flags, 0600);
}

static void
copies (void)
{
  const int seven = make ("value-7", 0), eight = make ("value-8", 0);
  int copy;

  expect ("open", seven, 7);
  expect ("dup", copy = dup (seven), 7);
  close (copy);
  expect ("closed", copy, 0);
  expect ("dup2", dup2 (seven, 100), 7);
  expect ("dup2, over", dup2 (eight, 100), 8);
  expect ("dup2, the same", dup2 (eight, eight), 8);
  expect ("dup3", dup3 (seven, 100, O_CLOEXEC), 7);
  expect ("dup2, of none", dup2 (0, 100), 0);
  expect ("fcntl", fcntl (eight, F_DUPFD, 200), 8);
  expect ("fcntl", fcntl (eight, F_DUPFD_CLOEXEC, 300), 8);
  close_range (200, 250, 0);
  expect ("close_range", 200, 0);
  expect ("close_range", 300, 8);
  close_range (300, 300, CLOSE_RANGE_CLOEXEC);
  expect ("close_range, later", 300, 8);
  close (300);
  expect ("close", make ("none", 0), 0);
  expect ("twice", make ("value-9", 0), 9);
  close_range (3, 400, 0);
}

/* A child that has been given this table of descriptors.  */
static void
wait_for (const char *what, pid_t child)
{
  int status = 0;

  waitpid (child, &status, 0);
  if (status)
    failed |= printf ("%s: status %x\n", what, status);
}

static void
children (void)
{
  const int one = make ("value-1", 0), two = make ("value-2", O_CLOEXEC);
  char first[16], second[16];
  char *arguments[] = { self, first, "1", second, "0", NULL };
  posix_spawn_file_actions_t actions;
  pid_t child = fork ();

  if (child == 0)
    {
      failed = 0;
      expect ("fork", one, 1);
      close (one);
      expect ("fork, closed", one, 0);
      _exit (failed != 0);
    }
  wait_for ("fork", child);
  expect ("a child has closed", one, 1);
  snprintf (first, sizeof first, "%d", one);
  snprintf (second, sizeof second, "%d", two);
  if (posix_spawn (&child, self, NULL, NULL, arguments, environ) == 0)
    wait_for ("exec", child);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_adddup2 (&actions, two, 50);
  posix_spawn_file_actions_adddup2 (&actions, one, two);
  posix_spawn_file_actions_addclose (&actions, one);
  char *others[] = { self, "50", "2", second, "1", first, "0", NULL };
  if (posix_spawn (&child, self, &actions, NULL, others, environ) == 0)
    wait_for ("exec, others", child);
  expect ("a vfork's child has closed", one, 1);
  expect ("a vfork's child has another", two, 2);
  expect ("a vfork's child has one more", 50, 0);
  if (execl ("/nonexistent", "", NULL) == -1)
    expect ("exec that fails", one, 1);
  close_range (3, 400, 0);
}

static void
send_fds (int by, int first, int second)
{
  struct { struct cmsghdr header; int fds[2]; } control = {
    { CMSG_LEN (2 * sizeof (int)), SOL_SOCKET, SCM_RIGHTS }, { first, second } };
  struct iovec vector = { "x", 1 };
  const struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control,
				  .msg_controllen = sizeof control };

  if (sendmsg (by, &message, 0) != 1)
    failed |= printf ("sendmsg\n");
}

static void
receive_fds (int by, int first, int second)
{
  struct { struct cmsghdr header; int fds[2]; } control;
  char text[1];
  struct iovec vector = { text, 1 };
  struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control,
			    .msg_controllen = sizeof control };

  if (recvmsg (by, &message, 0) != 1)
    failed |= printf ("recvmsg\n");
  expect ("sent", control.fds[0], first);
  expect ("sent", control.fds[1], second);
}

static void
sent (void)
{
  int sockets[2], three, four;
  pid_t child;

  socketpair (AF_UNIX, SOCK_STREAM, 0, sockets);
  child = fork ();
  if (child == 0)
    {
      failed = 0;
      receive_fds (sockets[1], 3, 0);
      receive_fds (sockets[1], 4, 5);
      _exit (failed != 0);
    }
  three = make ("value-3", 0);
  send_fds (sockets[0], three, sockets[0]);
  /* One file with two values, both of which are open; one is closed at once.  */
  four = make ("value-4", 0);
  symlink ("value-4", "value-5");
  const int five = make ("value-5", 0);
  send_fds (sockets[0], four, five);
  wait_for ("sent", child);
  send_fds (sockets[0], three, four);
  close (three);
  receive_fds (sockets[1], 3, 4);
  close_range (3, 400, 0);
}

static void
taken (void)
{
  const int six = make ("value-6", 0);
  const int own = (int) syscall (SYS_pidfd_open, getpid (), 0);
  const pid_t child = fork ();

  if (child == 0)
    {
      failed = 0;
      close (six);
      const int fd = (int) syscall (SYS_pidfd_getfd, own, six, 0);
      expect ("pidfd_getfd", fd, 6);
      _exit (failed != 0 || fd < 0);
    }
  wait_for ("pidfd_getfd", child);
  close_range (3, 400, 0);
}

int
main (int argc, char **argv)
{
  self = argv[0];
  for (int i = 1; i + 1 < argc; i += 2)
    expect ("exec", atoi (argv[i]), atoi (argv[i + 1]));
  if (argc > 1)
    return failed != 0;
  copies ();
  children ();
  sent ();
  taken ();
  return failed != 0;
}
