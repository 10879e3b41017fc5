/* Sockets, and waiting for what can be read.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "checks.h"

static void
socket_pairs (void)
{
  int pair[2], fds[2], received;
  char byte = 'x', control[CMSG_SPACE (sizeof (int))];
  struct iovec v = { &byte, 1 };
  struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1, .msg_control = control,
		      .msg_controllen = sizeof control };
  socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
  pipe (fds);
  struct cmsghdr *c = CMSG_FIRSTHDR (&m);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (c), &fds[1], sizeof (int));
  say (sendmsg (pair[0], &m, 0));
  say (recvmsg (pair[1], &m, MSG_CMSG_CLOEXEC));
  memcpy (&received, CMSG_DATA (CMSG_FIRSTHDR (&m)), sizeof (int));
  say (write (received, "by it", 5));
  say (read (fds[0], control, 5));
  say (shutdown (pair[0], SHUT_WR));
  say (recv (pair[1], &byte, 1, 0));
  signal (SIGPIPE, SIG_IGN);
  say (send (pair[0], &byte, 1, 0));
}

static void *
answer (void *arg)
{
  char text[10];
  int fd = accept4 (*(int *) arg, NULL, NULL, SOCK_CLOEXEC);
  ssize_t n = recv (fd, text, sizeof text, 0);
  send (fd, text, n, 0);
  close (fd);
  return NULL;
}

static void
tcp_and_udp (void)
{
  struct sockaddr_in a = { .sin_family = AF_INET,
			   .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof a;
  pthread_t t;
  char text[10] = "";
  int one = 1, listener = socket (AF_INET, SOCK_STREAM, 0);
  say (setsockopt (listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
  say (bind (listener, (struct sockaddr *) &a, sizeof a));
  say (listen (listener, 5));
  say (getsockname (listener, (struct sockaddr *) &a, &length));
  pthread_create (&t, NULL, answer, &listener);
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  say (connect (fd, (struct sockaddr *) &a, sizeof a));
  say (send (fd, "hello", 5, 0));
  say (recv (fd, text, sizeof text, MSG_WAITALL));
  puts (text);
  pthread_join (t, NULL);
  int udp = socket (AF_INET, SOCK_DGRAM, 0);
  a.sin_port = 0;
  bind (udp, (struct sockaddr *) &a, sizeof a);
  getsockname (udp, (struct sockaddr *) &a, &length);
  say (sendto (udp, "packet", 6, 0, (struct sockaddr *) &a, sizeof a));
  say (recvfrom (udp, text, sizeof text, 0, (struct sockaddr *) &a, &length));
  struct addrinfo hints = { .ai_flags = AI_NUMERICHOST }, *info;
  say (getaddrinfo ("127.0.0.1", "80", &hints, &info));
}

static void
waiting (void)
{
  int event = eventfd (0, 0), ep = epoll_create1 (0);
  struct epoll_event e = { .events = EPOLLIN, .data.u64 = 55 };
  struct pollfd p = { .fd = event, .events = POLLIN };
  struct timeval none = { 0, 0 };
  fd_set set;
  say (epoll_ctl (ep, EPOLL_CTL_ADD, event, &e));
  say (epoll_wait (ep, &e, 1, 1));
  say (poll (&p, 1, 1));
  say (eventfd_write (event, 1));
  say (epoll_wait (ep, &e, 1, -1));
  say (e.data.u64);
  say (poll (&p, 1, -1));
  FD_ZERO (&set);
  FD_SET (event, &set);
  say (select (event + 1, &set, NULL, NULL, &none));
  say (pselect (0, NULL, NULL, NULL, &(struct timespec) { 0, 1000 }, NULL));
}

const struct check socket_checks[] = {
  CHECK (socket_pairs), CHECK (tcp_and_udp), CHECK (waiting), { NULL, NULL }
};
