/* A program that reads and writes, by itself and by vectors and messages: dumps.sh
   compares what is dumped of that with what strace dumps.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { READ = 100, WRITTEN = 101 };

static char buffer[1000];

int
main (void)
{
  struct iovec parts[2] = { { buffer, 3 }, { buffer + 3, 500 } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
  struct mmsghdr two[2] = { { message, 0 }, { message, 0 } };
  char *page = mmap (NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		     -1, 0);
  int pair[2], i;

  mprotect (page + 4096, 4096, PROT_NONE);
  if (socketpair (AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0
      || dup2 (pair[0], READ) < 0 || dup2 (pair[1], WRITTEN) < 0)
    return 1;
  for (i = 0; i < 1000; i++)
    buffer[i] = (char) i;
  if (write (WRITTEN, "hello\n", 6) != 6 || read (READ, buffer + 100, 5) != 5)
    return 1;
  if (writev (WRITTEN, parts, 2) != 503 || readv (READ, parts, 2) != 503)
    return 1;
  if (sendmsg (WRITTEN, &message, 0) != 503 || recvmsg (READ, &message, 0) != 503)
    return 1;
  parts[1].iov_len = 20;
  if (sendmmsg (WRITTEN, two, 2, 0) != 2
      || recvmmsg (READ, two, 2, MSG_DONTWAIT, NULL) != 2)
    return 1;
  /* It can't be written, or be read.  */
  if (writev (READ + 10, parts, 2) != -1)
    return 1;
  if (write (READ + 10, "lost", 4) != -1 || write (WRITTEN, page + 4096, 10) != -1)
    return 1;
  return 0;
}
