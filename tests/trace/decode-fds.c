/* A program that has a device, files, a process and sockets open: decode-fds.sh compares what is
   shown of them with what strace shows.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int
main (void)
{
  static const struct sockaddr_un address = { AF_UNIX, "a socket" };
  int pair[2];
  int device = open ("/dev/null", O_RDONLY), named, gone, process, bound, made, child;

  named = open ("a<b>1", O_RDWR | O_CREAT, 0600);
  gone = open ("gone", O_RDWR | O_CREAT, 0600);
  unlink ("gone");
  process = (int) syscall (SYS_pidfd_open, getpid (), 0);
  fcntl (device, F_GETFD);
  fcntl (named, F_GETFD);
  fcntl (gone, F_GETFD);
  fcntl (process, F_GETFD);
  fcntl (1000, F_GETFD);
  bound = socket (AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
  fcntl (bound, F_GETFD);
  bind (bound, (struct sockaddr *) &(struct sockaddr_nl){ .nl_family = AF_NETLINK }, 12);
  fcntl (bound, F_GETFD);
  socketpair (AF_UNIX, SOCK_STREAM, 0, pair);
  fcntl (pair[0], F_GETFD);
  named = socket (AF_UNIX, SOCK_DGRAM, 0);
  bind (named, (const struct sockaddr *) &address, sizeof address);
  fcntl (named, F_GETFD);
  fcntl (socket (AF_INET, SOCK_STREAM, 0), F_GETFD);
  fcntl (socket (AF_INET6, SOCK_DGRAM, 0), F_GETFD);
  child = (int) syscall (SYS_clone, CLONE_PIDFD | SIGCHLD, 0, &made, 0, 0);
  /* Without a line of its own.  */
  while (child == 0)
    ;
  kill (child, SIGKILL);
  wait (NULL);
  unlink (address.sun_path);
  return unlink ("a<b>1");
}
