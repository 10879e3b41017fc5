/* A program that makes calls of all kinds, with what they show: calls.sh compares its
   lines with strace's.  Most go by syscall (), some fail, and nobody looks.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define CALL(name, ...) syscall (SYS_##name, ##__VA_ARGS__, 0L, 0L, 0L, 0L)
#define BAD ((void *) 16)

static char buffer[256];
static sigset_t mask;

static void
files (void)
{
  const struct timespec times[2] = { { 5, 6 }, { 0, UTIME_NOW } };
  struct stat status;
  struct statx all;
  struct utsname names;
  struct statfs system;
  int fd = open ("file", O_RDWR | O_CREAT | O_TRUNC, 0644);

  CALL (stat, "/", &status);
  CALL (lstat, "/dev/null", &status);
  CALL (fstat, fd, &status);
  CALL (newfstatat, AT_FDCWD, "nothing", &status, AT_SYMLINK_NOFOLLOW);
  CALL (statx, AT_FDCWD, "file", AT_STATX_SYNC_AS_STAT, STATX_MODE | STATX_SIZE, &all);
  CALL (statx, AT_FDCWD, "/", AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC,
	STATX_BASIC_STATS, &all);
  CALL (statfs, "/proc", &system);
  CALL (uname, &names);
  CALL (utimensat, AT_FDCWD, "file", times, 0);
  CALL (utimensat, fd, NULL, NULL, 0);
  CALL (access, "/nothing", R_OK | W_OK);
  CALL (faccessat, AT_FDCWD, "/", F_OK);
  CALL (mknod, "fifo", S_IFIFO | 0600, 0);
  CALL (mknodat, AT_FDCWD, "nothing/device", S_IFCHR | 0600, 0x103);
  CALL (mkdir, "directory", 0755);
  CALL (rmdir, "directory");
  CALL (chmod, "file", 07);
  CALL (fchmod, fd, 04711);
  CALL (chown, "file", -1, 0);
  CALL (fchownat, AT_FDCWD, "file", 0, -1, AT_SYMLINK_NOFOLLOW);
  CALL (symlink, "file", "link");
  CALL (readlink, "link", buffer, 100);
  CALL (linkat, AT_FDCWD, "file", AT_FDCWD, "other", AT_SYMLINK_FOLLOW);
  CALL (unlinkat, AT_FDCWD, "link", 0);
  CALL (renameat2, AT_FDCWD, "other", AT_FDCWD, "new", 1);
  CALL (rename, "new", "newer");
  CALL (umask, 022);
  CALL (truncate, "nothing", 5L);
  CALL (getcwd, BAD, 5L);
  CALL (setxattr, "nothing", "user.name", "value", 5L, XATTR_CREATE);
  CALL (getxattr, "nothing", "user.name", buffer, 30L);
  CALL (listxattr, "file", buffer, 30L);
  CALL (mount, "none", "/nothing", "tmpfs", MS_NOSUID | MS_BIND, "size=1");
  CALL (umount2, "/nothing", MNT_DETACH);
  CALL (creat, "nothing/file", 0777);
  CALL (inotify_add_watch, 99, "/", IN_MODIFY | IN_CREATE);
  CALL (open, BAD, 0);
  CALL (openat, AT_FDCWD, NULL, O_RDONLY);
  CALL (open, "a\tb\1\2" "9\377", O_WRONLY | O_APPEND | O_NOFOLLOW | O_PATH);
}

static void
descriptors (void)
{
  int fd = open ("file", O_RDWR), pair[2];
  struct flock lock = { F_WRLCK, SEEK_SET, 0, 10, 0 };
  struct open_how how
    = { .flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS };
  long offset = 0;
  int one = 1, count = 0;
  struct winsize window;
  struct termios terminal;

  CALL (fcntl, fd, F_SETLK, &lock);
  CALL (fcntl, fd, F_GETLK, &lock);
  CALL (fcntl, fd, F_GETFL);
  CALL (fcntl, fd, F_SETFL, O_APPEND);
  CALL (fcntl, fd, F_GETFD);
  CALL (fcntl, fd, F_SETFD, FD_CLOEXEC);
  CALL (fcntl, fd, F_GETFD);
  CALL (fcntl, fd, F_DUPFD, 100);
  CALL (fcntl, fd, F_DUPFD_CLOEXEC, 100);
  CALL (fcntl, fd, F_GETPIPE_SZ);
  CALL (dup, fd);
  CALL (dup2, fd, 120);
  CALL (dup3, fd, 121, O_CLOEXEC);
  CALL (lseek, fd, 5L, SEEK_SET);
  CALL (ftruncate, fd, 100L);
  CALL (fallocate, fd, FALLOC_FL_KEEP_SIZE, 0L, 10L);
  CALL (fadvise64, fd, 0L, 0L, POSIX_FADV_SEQUENTIAL);
  CALL (flock, fd, 5);
  CALL (fsync, fd);
  CALL (sendfile, 1, fd, &offset, 10L);
  CALL (copy_file_range, fd, &offset, 1, NULL, 4L, 0L);
  CALL (openat2, AT_FDCWD, "file", &how, sizeof how);
  CALL (splice, 9, NULL, 8, NULL, 1L, 1);
  CALL (close_range, 900, ~0u, 0);
  CALL (pipe, pair);
  CALL (pipe2, pair, O_CLOEXEC | O_NONBLOCK);
  CALL (write, pair[1], "hello\1\0019\377", 10L);
  CALL (ioctl, pair[0], FIONREAD, &count);
  CALL (ioctl, pair[0], FIONBIO, &one);
  CALL (ioctl, 0, TCGETS, &terminal);
  CALL (ioctl, 0, TIOCGWINSZ, &window);
  CALL (ioctl, 0, 0x1234, 0);
  CALL (read, pair[0], buffer, 4L);
  CALL (read, 0, BAD, 10L);
  CALL (write, 1000, BAD, 3L);
  CALL (memfd_create, "abc", 1);
  CALL (eventfd2, 3, EFD_NONBLOCK);
  CALL (inotify_init1, 0);
  CALL (close, 999);
}

static void
vectors (void)
{
  struct iovec parts[2] = { { buffer, 3 }, { buffer + 3, 50 } };
  int pair[2];

  if (pipe (pair) != 0)
    return;
  strcpy (buffer, "begin, and the end of it: long enough not to be shown whole");
  CALL (writev, pair[1], parts, 2);
  parts[0].iov_len = 2;
  CALL (readv, pair[0], parts, 2);
  CALL (preadv, 0, parts, 0, 5L);
  CALL (pwritev2, 1000, parts, 2, 7L, 0, 0x10);
}

static void
waiting (void)
{
  struct timespec none = { 0, 0 };
  struct timeval never = { 0, 0 };
  struct epoll_event event = { EPOLLIN | EPOLLET, { .u64 = 7 } }, events[5];
  struct pollfd two[2];
  unsigned long sets[3][2] = { { 0 } };
  int pair[2], epoll = epoll_create1 (EPOLL_CLOEXEC);

  if (pipe (pair) != 0)
    return;
  two[0] = (struct pollfd) { pair[0], POLLIN, 0 };
  two[1] = (struct pollfd) { pair[1], POLLOUT | POLLIN, 0 };
  CALL (poll, two, 2, 0);
  CALL (poll, two, 1, 0);
  CALL (ppoll, two, 2, &none, &mask, 8L);
  CALL (poll, BAD, 1, 0);
  sets[0][0] = 1UL << pair[0];
  CALL (select, pair[1] + 1, sets[0], NULL, sets[1], &never);
  sets[1][0] = 1UL << pair[1];
  CALL (select, pair[1] + 1, NULL, sets[1], NULL, NULL);
  CALL (pselect6, pair[1] + 1, sets[0], NULL, NULL, &none, NULL);
  CALL (epoll_ctl, epoll, EPOLL_CTL_ADD, pair[0], &event);
  event.events = EPOLLOUT;
  CALL (epoll_ctl, epoll, EPOLL_CTL_ADD, pair[1], &event);
  CALL (epoll_wait, epoll, events, 5, 0);
  CALL (epoll_ctl, epoll, EPOLL_CTL_DEL, pair[1], NULL);
  CALL (epoll_pwait, epoll, events, 1, 0, &mask, 8L);
}

static void
signals (void)
{
  struct sigaction action = { .sa_handler = SIG_IGN }, old;
  union sigval value = { .sival_int = 42 };
  const struct timespec none = { 0, 0 };
  siginfo_t info;
  stack_t stack = { buffer, 0, 16 };

  sigaddset (&action.sa_mask, SIGINT);
  sigaddset (&action.sa_mask, SIGCHLD);
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction (SIGUSR1, &action, &old);
  sigaction (SIGUSR1, NULL, &old);
  sigaction (SIGKILL, &action, NULL);
  sigfillset (&mask);
  sigprocmask (SIG_BLOCK, &mask, NULL);
  sigprocmask (SIG_BLOCK, NULL, &mask);
  sigpending (&mask);
  sigqueue (getpid (), SIGUSR2, value);
  sigemptyset (&mask);
  sigaddset (&mask, SIGUSR2);
  sigtimedwait (&mask, &info, &none);
  sigtimedwait (&mask, &info, &none);
  sigprocmask (SIG_SETMASK, &mask, NULL);
  sigaltstack (&stack, NULL);
  sigaltstack (NULL, &stack);
  CALL (signalfd4, -1, &mask, 8L, SFD_CLOEXEC);
  kill (0, 0);
  CALL (tgkill, getpid (), getpid (), 0);
}

static void
times (void)
{
  const struct timespec short_time = { 0, 1000 };
  const struct itimerspec second = { { 0, 0 }, { 1, 0 } };
  struct timespec time;
  struct itimerval timer = { { 0, 0 }, { 0, 0 } };
  int fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK), number;

  CALL (nanosleep, &short_time, NULL);
  CALL (clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &short_time, &time);
  CALL (clock_nanosleep, 77, 0, &short_time, NULL);
  CALL (setitimer, ITIMER_REAL, &timer, &timer);
  CALL (getitimer, ITIMER_VIRTUAL, &timer);
  CALL (timerfd_settime, fd, 0, &second, NULL);
  CALL (timer_create, CLOCK_REALTIME, NULL, &number);
  CALL (timer_delete, number);
  CALL (clock_settime, 77, &short_time);
  CALL (alarm, 0);
}

static void
internet (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (1) };
  struct sockaddr_in6 other = { .sin6_family = AF_INET6, .sin6_port = htons (5) };
  int fd = socket (AF_INET, SOCK_STREAM, IPPROTO_TCP), one = 1;
  struct linger linger = { 1, 5 };
  socklen_t size = sizeof one;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  connect (fd, (struct sockaddr *) &address, sizeof address);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  getsockopt (fd, SOL_SOCKET, SO_ERROR, &one, &size);
  fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP);
  bind (fd, (struct sockaddr *) &other, 3);
  sendto (1000, "x", 1, MSG_NOSIGNAL, (struct sockaddr *) &other, sizeof other);
  socket (AF_NETLINK, SOCK_RAW, 0);
  listen (1000, 5);
  accept (1000, NULL, NULL);
}

static void
sockets (void)
{
  struct sockaddr_un address = { AF_UNIX, "/nothing/socket" };
  char control[CMSG_SPACE (sizeof (int))] = "";
  struct iovec part = { buffer, 5 };
  struct msghdr message = { .msg_iov = &part,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = sizeof control };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  socklen_t size = sizeof address;
  int pair[2], fd = socket (AF_UNIX, SOCK_DGRAM, 0);

  connect (fd, (struct sockaddr *) &address, sizeof address);
  getsockname (fd, (struct sockaddr *) &address, &size);
  socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (header), &fd, sizeof fd);
  sendmsg (pair[0], &message, MSG_NOSIGNAL);
  recvmsg (pair[1], &message, MSG_CMSG_CLOEXEC);
  recvmsg (pair[1], &message, MSG_DONTWAIT);
  send (pair[0], "abc", 3, 0);
  recv (pair[1], buffer, 10, 0);
  shutdown (pair[0], SHUT_WR);
  recvfrom (pair[1], buffer, 10, 0, NULL, NULL);
}

static void
memory (void)
{
  char *map = mmap (NULL, 8192, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  mmap (NULL, 0, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED, 1000, 4096);
  mprotect (map, 4096, PROT_READ);
  madvise (map, 4096, MADV_DONTNEED);
  msync (map, 4096, MS_SYNC);
  CALL (mremap, map, 4096L, 4096L, MREMAP_MAYMOVE);
  mlock (map, 0);
  CALL (mlockall, 0);
  munmap (map, 8192);
  CALL (brk, 0);
}

static void
processes (void)
{
  struct sched_param parameter;
  struct rlimit limit;
  cpu_set_t set;
  unsigned int ids[3];
  int word = 0;
  const struct timespec none = { 0, 0 };

  CALL (getrlimit, RLIMIT_NOFILE, &limit);
  CALL (prlimit64, 0, RLIMIT_CORE, NULL, &limit);
  CALL (setrlimit, 77, &limit);
  sched_getaffinity (0, sizeof set, &set);
  CALL (sched_getscheduler, 0);
  CALL (sched_getparam, 0, &parameter);
  CALL (getpriority, PRIO_PROCESS, 0);
  CALL (getgroups, 0, NULL);
  CALL (getresuid, &ids[0], &ids[1], &ids[2]);
  CALL (setresuid, -1, -1, -1);
  CALL (prctl, PR_SET_NAME, "name");
  CALL (prctl, PR_GET_NAME, buffer);
  CALL (prctl, PR_GET_DUMPABLE);
  CALL (prctl, PR_CAPBSET_READ, 5);
  CALL (prctl, PR_SET_PDEATHSIG, SIGTERM);
  CALL (futex, &word, FUTEX_WAKE_PRIVATE, 1);
  CALL (futex, &word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1);
  CALL (futex, &word, FUTEX_WAIT, 1, &none);
  CALL (futex, &word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 0, &none,
	NULL, -1);
  CALL (futex, &word, FUTEX_WAKE_OP_PRIVATE, 1, 1L, &word, 0x4000001);
  CALL (futex, &word, FUTEX_CMP_REQUEUE_PRIVATE, 1, 5L, &word, 3);
  CALL (getcpu, BAD, NULL, NULL);
  CALL (arch_prctl, 0x1003, BAD);
  CALL (personality, 0xffffffff);
  CALL (unshare, 0);
  CALL (setpgid, -1, 0);
  CALL (membarrier, 77, 0);
}

static void
ipc (void)
{
  struct sembuf operation = { 0, 1, SEM_UNDO };
  const int bad = 0x7ffffff;

  CALL (semop, bad, &operation, 1);
  CALL (shmat, bad, NULL, SHM_RDONLY);
  CALL (shmctl, bad, IPC_RMID, NULL);
  CALL (msgget, 0x1234, 0);
  CALL (msgctl, bad, IPC_RMID, NULL);
}

static void
children (void)
{
  static const char *const arguments[] = { "a", "b\n", NULL };
  int status;
  pid_t child = fork ();

  if (child == 0)
    _exit (3);
  waitpid (child, &status, 0);
  child = fork ();
  if (child == 0)
    kill (getpid (), SIGKILL);
  waitpid (child, &status, 0);
  waitpid (-1, &status, WNOHANG | WUNTRACED);
  CALL (execve, "/nothing", arguments, NULL);
  CALL (execveat, -1, "", NULL, NULL, 0x1000);
  syscall (999, 1, 2, 3, 4, 5, 6);
}

int
main (void)
{
  files ();
  descriptors ();
  vectors ();
  signals ();
  waiting ();
  times ();
  internet ();
  sockets ();
  memory ();
  processes ();
  ipc ();
  children ();
  return 0;
}
