/* seccomp's user notification, passing every call on: the program's calls wait
   until this process, which gets a message of each, has said "go on".

   SPDX-License-Identifier: GPL-3.0-or-later

     notify PROGRAM ARGUMENT...

   The exit status is PROGRAM's.  */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe.h"

/* How the child tells its descriptor: every call of its waits already.  The
   value is one more, and negative if it is an errno value.  */
static atomic_int *told;

static long
listen_to_calls (void)
{
  struct sock_filter filter[]
      = { BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF) };
  struct sock_fprog program = { 1, filter };

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return -1;
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		  SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void
run (char **argv)
{
  long fd = listen_to_calls ();

  if (fd < 0)
    {
      atomic_store (told, -errno);
      _exit (2);
    }
  atomic_store (told, fd + 1);
  execvp (argv[0], argv);
  err (127, "%s", argv[0]);
}

/* The child's listener, as a descriptor of this process.  */
static int
take_listener (pid_t child)
{
  int pidfd = syscall (SYS_pidfd_open, child, 0), value, fd;

  while ((value = atomic_load (told)) == 0)
    usleep (100);
  if (value < 0)
    errno = -value;
  fd = value < 0 ? -1 : syscall (SYS_pidfd_getfd, pidfd, value - 1, 0);
  if (fd < 0)
    {
      int error = errno;
      kill (child, SIGKILL);
      errno = error;
      err (2, "seccomp user notification can't be had here");
    }
  close (pidfd);
  return fd;
}

static void
decide (const struct seccomp_notif *call, struct seccomp_notif_resp *answer)
{
  memset (answer, 0, sizeof *answer);
  answer->id = call->id;
  answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
#ifdef PROBE
  if (call->data.nr == MICRO_NO_CALL)
    {
      answer->flags = 0;
      answer->val = MICRO_PROBED;
    }
#endif
}

/* Until there is nobody left whose calls could come.  */
static void
supervise (int listener)
{
  struct pollfd poll_for = { listener, POLLIN, 0 };
  struct seccomp_notif call;
  struct seccomp_notif_resp answer;

  for (;;)
    {
      if (poll (&poll_for, 1, -1) < 0 && errno != EINTR)
	err (2, "poll");
      if (poll_for.revents & POLLHUP)
	return;
      memset (&call, 0, sizeof call);
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0)
	{
	  /* The caller was killed meanwhile.  */
	  if (errno == ENOENT || errno == EINTR)
	    continue;
	  err (2, "SECCOMP_IOCTL_NOTIF_RECV");
	}
      decide (&call, &answer);
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) != 0
	  && errno != ENOENT)
	err (2, "SECCOMP_IOCTL_NOTIF_SEND");
    }
}

int
main (int argc, char **argv)
{
  int status;

  if (argc < 2)
    errx (2, "usage: notify PROGRAM ARGUMENT...");
  told = mmap (NULL, sizeof *told, PROT_READ | PROT_WRITE,
	       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (told == MAP_FAILED)
    err (2, "mmap");
  pid_t child = fork ();
  if (child < 0)
    err (2, "fork");
  if (child == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      run (argv + 1);
    }
  supervise (take_listener (child));
  if (waitpid (child, &status, 0) < 0)
    err (2, "waitpid");
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
