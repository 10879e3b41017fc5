/* A program that sets things up, of processes, sockets, files, terminals and memory, with
   what such calls show: calls.sh compares its lines with strace's.  Many fail, and nobody
   looks.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/audit.h>
#include <linux/blkpg.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/if.h>
#include <linux/if_alg.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/if_tun.h>
#include <linux/input.h>
#include <linux/io_uring.h>
#include <linux/kd.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/loop.h>
#include <linux/mempolicy.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <linux/videodev2.h>
#include <linux/vm_sockets.h>
#include <linux/watchdog.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#define CALL(name, ...) syscall (SYS_##name, ##__VA_ARGS__, 0L, 0L, 0L, 0L)
#define BAD ((void *) 16)

static char buffer[256];

/* Of another process: nothing is set.  */
static void
capabilities (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 1 };
  struct __user_cap_data_struct data[2] = { { 1 << 1, 1 << 2, 0 }, { 0x80000008, 0, ~0U } };

  CALL (capset, &header, data);
  CALL (capset, BAD, data);
  CALL (capget, &header, data);
  header.version = _LINUX_CAPABILITY_VERSION_1;
  CALL (capset, &header, data + 1);
  CALL (capset, &header, (char *) data + 8);
  header.version = 5;
  CALL (capset, &header, data);
}

static void
process (void)
{
  int number;

  CALL (prctl, PR_GET_SECUREBITS);
  CALL (prctl, PR_SET_SECUREBITS, 0x800000001);
  CALL (prctl, PR_GET_TSC, &number);
  CALL (prctl, PR_SET_TSC, 7);
  CALL (prctl, PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_DEFAULT);
  CALL (prctl, PR_MCE_KILL_GET);
  CALL (prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 5);
  CALL (prctl, PR_CAP_AMBIENT, 77, 5);
  capabilities ();
  CALL (prctl, PR_SET_MM, PR_SET_MM_BRK, 1);
  CALL (prctl, PR_SET_SPECULATION_CTRL, PR_SPEC_L1D_FLUSH, 0);
  CALL (prctl, PR_GET_SPECULATION_CTRL, 77);
  CALL (prctl, PR_SCHED_CORE, PR_SCHED_CORE_GET, 0, 7, BAD);
  CALL (prctl, PR_SET_SYSCALL_USER_DISPATCH, 7, 1, 2, BAD);
  CALL (prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, BAD, 1, "name");
  CALL (prctl, PR_SET_TAGGED_ADDR_CTRL, 1);
  CALL (prctl, PR_PAC_RESET_KEYS, 3);
  CALL (prctl, PR_SVE_SET_VL, 0x20010);
  CALL (prctl, PR_GET_UNALIGN, &number);
  CALL (personality, 7);
  CALL (personality, 0);
  CALL (unshare, 0x10000000);
  CALL (setns, -1, 0x20000);
  CALL (ioprio_get, 1, 0);
  CALL (ioprio_set, 1, -1, 0x4003);
  CALL (kcmp, -1, -1, 0, 1L, 2L);
  CALL (kcmp, -1, -1, 1, 1L, 2L);
  CALL (kill, -1000000, SIGTERM);
  CALL (wait4, -1, &number, WNOHANG | __WALL, NULL);
  CALL (reboot, 1, 2, 3);
  CALL (syslog, 10, NULL, 0);
  CALL (syslog, 77, NULL, 5);
  CALL (sethostname, BAD, 65);
  CALL (add_key, "user", "name", "value", 5L, -3);
  CALL (request_key, "user", "none", NULL, -4);
}

static void
limits (void)
{
  const struct rlimit limit = { 4096, RLIM_INFINITY };
  struct {
    unsigned int size, policy;
    unsigned long rest[6];
  } attributes = { sizeof attributes, 0, { 0 } };
  struct timex state = { .modes = 0 };

  CALL (setrlimit, RLIMIT_CORE, &limit);
  CALL (sched_getattr, 0, &attributes, sizeof attributes, 0);
  CALL (sched_setattr, -1, &attributes, 0);
  attributes.size = 2;
  CALL (sched_setattr, 0, &attributes, 0);
  CALL (clock_adjtime, 77, &state);
}

static void
sockets (void)
{
  struct sock_filter code[]
    = { { BPF_LD | BPF_B | BPF_ABS, 0, 0, SKF_AD_OFF + SKF_AD_PROTOCOL },
	{ BPF_JMP | BPF_JEQ, 1, 0, 5 },
	{ BPF_RET | BPF_A, 0, 0, 0 } };
  struct sock_fprog program = { 3, code };
  const struct ip_mreq group = { { htonl (0xe0000003) }, { htonl (0x7f000001) } };
  const struct sockaddr_in6 local = { .sin6_family = AF_INET6,
				      .sin6_addr = { { { 0xfe, 0x80 } } },
				      .sin6_scope_id = 1 };
  int fd = socket (AF_INET, SOCK_DGRAM, 0), one = 1, mask = 5;
  socklen_t size = 3;
  struct ucred who;

  CALL (setsockopt, fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
  CALL (setsockopt, fd, SOL_SOCKET, SO_BROADCAST, &one, 5);
  CALL (setsockopt, fd, SOL_SOCKET, SO_BROADCAST, &one, 3);
  CALL (setsockopt, fd, SOL_IP, IP_ADD_MEMBERSHIP, &group, sizeof group);
  CALL (setsockopt, fd, SOL_IP, IP_DROP_MEMBERSHIP, &group, 3);
  CALL (setsockopt, fd, 255, 1, &mask, sizeof mask);
  CALL (setsockopt, fd, 263, 77, NULL, 0);
  CALL (getsockopt, fd, SOL_SOCKET, SO_PEERCRED, &who, &size);
  CALL (getsockopt, fd, SOL_SOCKET, SO_ERROR, &one, &size);
  size = 2;
  CALL (getsockopt, fd, SOL_SOCKET, SO_SNDBUF, &one, &size);
  CALL (connect, -1, &local, sizeof local);
  CALL (connect, -1, &local, 24);
}

/* Addresses of rare families: Bluetooth's are told apart by their size.  */
static void
families (void)
{
  const struct sockaddr_ll packet = { .sll_family = AF_PACKET,
				      .sll_protocol = htons (ETH_P_ALL),
				      .sll_ifindex = 1,
				      .sll_hatype = ARPHRD_LOOPBACK,
				      .sll_halen = 9,
				      .sll_addr = { 0, 1, 0xfe } };
  const struct sockaddr_vm machine = { .svm_family = AF_VSOCK,
				       .svm_cid = VMADDR_CID_ANY,
				       .svm_port = 5 };
  const struct sockaddr_alg algorithm = { .salg_family = AF_ALG,
					  .salg_type = "hash",
					  .salg_feat = 0x1001,
					  .salg_name = "sha256" };
  const struct sockaddr_xdp express = { .sxdp_family = AF_XDP,
					.sxdp_flags = XDP_COPY,
					.sxdp_ifindex = 1 };
  const unsigned short bluetooth[] = { AF_BLUETOOTH, 1, 0x201, 3, 0x1003, 5, 1 };
  const socklen_t sizes[] = { 4, 6, 8, 9, 10, 12, 14 };

  CALL (connect, -1, &packet, sizeof packet);
  CALL (bind, -1, &machine, sizeof machine);
  CALL (bind, -1, &algorithm, sizeof algorithm);
  CALL (bind, -1, &express, sizeof express);
  CALL (bind, -1, &express, 3);
  for (unsigned int i = 0; i < sizeof sizes / sizeof *sizes; i++)
    CALL (connect, -1, bluetooth, sizes[i]);
}

/* Several messages in one call: names of other sizes than there was room for, and what
   is left of the time.  By an address of its OWN: other tests are at work.  */
static void
several (unsigned int own)
{
  struct sockaddr_in names[2] = { { .sin_family = AF_INET, .sin_port = htons (40077) } };
  struct iovec parts[2] = { { buffer, 3 }, { buffer + 3, 5 } };
  struct mmsghdr all[2] = { { .msg_hdr = { names, 8, parts, 1, NULL, 0, 0 } },
			    { .msg_hdr = { names + 1, 16, parts, 2, NULL, 0, 0 } } };
  struct timespec time = { 5, 123456789 };
  int fd = socket (AF_INET, SOCK_DGRAM, 0);
  const socklen_t size = sizeof *names;

  names->sin_addr.s_addr = htonl (0x7f400000 | (own & 0x3fffff));
  bind (fd, (struct sockaddr *) names, size);
  connect (fd, (struct sockaddr *) names, size);
  all[0].msg_hdr.msg_namelen = all[1].msg_hdr.msg_namelen = 0;
  sendmmsg (fd, all, 2, MSG_DONTWAIT);
  all[0].msg_hdr.msg_namelen = 8;
  all[1].msg_hdr.msg_namelen = 100;
  recvmmsg (fd, all, 2, MSG_DONTWAIT, &time);
  recvmmsg (-1, all, 2, MSG_DONTWAIT, &time);
  sendmmsg (-1, all, 2, MSG_DONTWAIT);
}

/* Control messages: with data, with too little, without an end.  */
static void
messages (void)
{
  char control[CMSG_SPACE (8) * 2] __attribute__ ((__aligned__ (8))) = "";
  struct msghdr message = { .msg_control = control, .msg_controllen = sizeof control };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  header->cmsg_level = SOL_IP;
  header->cmsg_type = IP_TTL;
  header->cmsg_len = CMSG_LEN (4);
  header = (struct cmsghdr *) (control + CMSG_SPACE (4));
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SO_TIMESTAMP;
  header->cmsg_len = CMSG_LEN (8);
  sendmsg (-1, &message, 0);
  header->cmsg_len = 3;
  sendmsg (-1, &message, 0);
}

static void
queues (const char *own)
{
  struct {
    long type;
    char text[8];
  } message = { 5, "message" };
  int queue = msgget (IPC_PRIVATE, IPC_CREAT | 0600), set;
  struct msqid_ds state;
  struct semid_ds semaphores;
  struct mq_attr attributes = { .mq_maxmsg = 2, .mq_msgsize = 8 };

  msgsnd (queue, &message, 8, IPC_NOWAIT);
  msgrcv (queue, &message, 8, 5, IPC_NOWAIT);
  msgctl (queue, IPC_RMID, NULL);
  msgctl (-1, IPC_STAT, &state);
  set = semget (IPC_PRIVATE, 1, 0600);
  CALL (semctl, set, 0, IPC_STAT, &semaphores);
  CALL (semctl, set, 0, IPC_RMID, NULL);
  shmctl (-1, IPC_STAT, BAD);
  CALL (shmget, 5, 0, (21 << 26) | SHM_HUGETLB);
  CALL (mq_unlink, own);
  CALL (mq_open, own, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  CALL (mq_open, BAD, O_RDONLY);
  CALL (mq_getsetattr, -1, &attributes, NULL);
  CALL (mq_unlink, own);
}

static void
files (void)
{
  const struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };
  const struct landlock_ruleset_attr rules = { LANDLOCK_ACCESS_FS_EXECUTE };
  const struct {
    unsigned long long flags, mode, resolve, more;
  } how = { 0, 0, 0, 5 };
  unsigned long sets[2] = { 5, 0 };
  int fd = open ("file", O_RDWR | O_CREAT | O_TRUNC, 0644), flags = 0;

  CALL (openat2, -1, "file", &how, sizeof how);
  CALL (fsopen, "none", 2);
  CALL (fsconfig, -1, FSCONFIG_SET_PATH, "key", "/value", AT_FDCWD);
  CALL (fsconfig, -1, FSCONFIG_SET_BINARY, "key", "value", 5);
  CALL (fsconfig, -1, 77, "key", "value", 5);
  CALL (fsmount, -1, 1, 2);
  CALL (fspick, -1, "/", 1);
  CALL (mount, "none", "/nothing", "tmpfs", 0xc0ed0001L, "size=1");
  CALL (mount_setattr, -1, "", 0x1000, &attributes, sizeof attributes);
  CALL (open_tree, -1, "", 0x40000001);
  CALL (fanotify_init, 4, 2);
  CALL (fanotify_mark, -1, 1, 3L, -1, "/");
  CALL (landlock_create_ruleset, &rules, 0L, 1);
  CALL (landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 77);
  CALL (memfd_create, "name", 0x78000004);
  CALL (memfd_secret, 5);
  CALL (delete_module, "none", 0x800);
  CALL (fcntl, fd, F_NOTIFY, 1);
  CALL (fcntl, fd, F_GETLEASE);
  CALL (fcntl, fd, F_GETSIG);
  CALL (setxattr, "file", "user.name", "a\0b", 4L, 0);
  CALL (listxattr, "nothing", buffer, 0L);
  CALL (swapon, "nothing", 0x8003);
  CALL (ioctl, -1, 0x40086602, &flags);
  CALL (ioctl, -1, 0xc0045877, 0);
  CALL (select, -1, NULL, sets, NULL, NULL);
  CALL (userfaultfd, 4);
}

static void
terminals (void)
{
  const char letter = 'x';
  int here, there, lines = TIOCM_DTR;
  struct {
    unsigned int flags[4];
    unsigned char line, letters[19];
    unsigned int speeds[2];
  } settings;

  if (openpty (&here, &there, NULL, NULL, NULL) != 0)
    return;
  CALL (ioctl, there, TCGETS, &settings);
  CALL (ioctl, there, 0x802c542a, &settings);
  CALL (ioctl, there, TCGETA, &settings);
  CALL (ioctl, there, TIOCSTI, &letter);
  CALL (ioctl, -1, TIOCMBIS, &lines);
}

static void
devices (void)
{
  struct loop_info64 loop = { .lo_offset = 5, .lo_flags = LO_FLAGS_AUTOCLEAR };
  struct rtc_time when = { .tm_mday = 1, .tm_year = 126 };
  struct file_clone_range range = { -1, 1, 2, 3 };
  struct blkpg_partition part = { .start = 512, .length = 512, .pno = 1 };
  struct blkpg_ioctl_arg change = { BLKPG_ADD_PARTITION, 0, sizeof part, &part };
  struct uffdio_copy copy = { .dst = 1, .src = 2, .len = 3 };
  struct seccomp_notif_resp answer = { .id = 1, .error = -2 };
  struct input_absinfo range_of = { 1, 2, 3, 4, 5, 6 };
  unsigned long pair[2] = { 1, 2 };
  int number = 5;

  CALL (ioctl, -1, LOOP_SET_STATUS64, &loop);
  CALL (ioctl, -1, LOOP_GET_STATUS64, &loop);
  CALL (ioctl, -1, LOOP_CTL_ADD, 3);
  CALL (ioctl, -1, LOOP_CLR_FD);
  CALL (ioctl, -1, RTC_SET_TIME, &when);
  CALL (ioctl, -1, FICLONERANGE, &range);
  CALL (ioctl, -1, BLKPG, &change);
  CALL (ioctl, -1, BLKDISCARD, pair);
  CALL (ioctl, -1, BLKGETSIZE64, pair);
  CALL (ioctl, -1, BLKROSET, &number);
  CALL (ioctl, -1, BLKROSET, BAD);
  CALL (ioctl, -1, UFFDIO_COPY, &copy);
  CALL (ioctl, -1, SECCOMP_IOCTL_NOTIF_SEND, &answer);
  CALL (ioctl, -1, EVIOCGNAME (64), buffer);
  CALL (ioctl, -1, EVIOCGBIT (EV_KEY, 96), buffer);
  CALL (ioctl, -1, EVIOCGABS (ABS_Y), &range_of);
  CALL (ioctl, -1, EVIOCSABS (ABS_Y), &range_of);
  CALL (ioctl, -1, EVIOCGRAB, 1);
  CALL (ioctl, -1, KDSETMODE, KD_GRAPHICS);
  CALL (ioctl, -1, RNDADDTOENTCNT, &number);
  CALL (ioctl, -1, WDIOC_KEEPALIVE);
  CALL (ioctl, -1, VIDIOC_QUERYCAP, buffer);
  CALL (ioctl, -1, TUNSETPERSIST, 1);
}

static void
keys (void)
{
  const struct iovec part = { buffer, 3 };

  CALL (keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0);
  CALL (keyctl, KEYCTL_DESCRIBE, KEY_SPEC_SESSION_KEYRING, buffer, 200);
  CALL (keyctl, KEYCTL_DESCRIBE, -77, buffer, 20);
  CALL (keyctl, KEYCTL_SETPERM, -77, 0x3f010000);
  CALL (keyctl, KEYCTL_SEARCH, -77, "user", "name", -77);
  CALL (keyctl, KEYCTL_CHOWN, -77, -1, 5);
  CALL (keyctl, KEYCTL_INSTANTIATE_IOV, -77, &part, 1L, -77);
  CALL (keyctl, KEYCTL_REJECT, -77, 5, 2, -77);
  CALL (keyctl, KEYCTL_SET_REQKEY_KEYRING, 77);
  CALL (keyctl, KEYCTL_CAPABILITIES, buffer, 2L);
  CALL (keyctl, 77, 1, 2, 3, 4);
}

/* Input and output that isn't waited for.  */
static void
queued (void)
{
  int fd = open ("file", O_RDWR | O_CREAT, 0644);
  struct iocb read = { .aio_data = 5,
		       .aio_fildes = fd,
		       .aio_lio_opcode = IOCB_CMD_PREAD,
		       .aio_buf = (unsigned long) buffer,
		       .aio_nbytes = 4 };
  struct iocb write = read, poll = read;
  struct iocb *all[] = { &read, &write, &poll };
  struct io_uring_params ring = { .flags = IORING_SETUP_CLAMP };
  struct io_event events[2];
  aio_context_t context = 0;

  write.aio_lio_opcode = IOCB_CMD_PWRITE;
  poll.aio_lio_opcode = IOCB_CMD_POLL;
  poll.aio_buf = POLLIN;
  CALL (io_setup, 4, &context);
  CALL (io_submit, context, 2L, all);
  CALL (io_getevents, context, 1L, 2L, events, NULL);
  CALL (io_submit, 1L, 3L, all);
  CALL (io_cancel, 1L, all[2], events);
  CALL (io_destroy, context);
  close ((int) CALL (io_uring_setup, 2, &ring));
  ring.flags = IORING_SETUP_ATTACH_WQ;
  CALL (io_uring_setup, 2, &ring);
  CALL (io_uring_setup, 2, BAD);
}

static void
interfaces (void)
{
  static const unsigned int asked[]
    = { SIOCGIFINDEX, SIOCGIFFLAGS, SIOCGIFADDR, SIOCGIFNETMASK, SIOCGIFHWADDR,
	SIOCGIFMTU, SIOCGIFTXQLEN, SIOCGIFMAP, SIOCGIFNAME };
  struct ifreq request = { .ifr_name = "lo" }, all[4];
  struct ifconf list = { .ifc_len = 0 };
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  for (unsigned int i = 0; i < sizeof asked / sizeof *asked; i++)
    CALL (ioctl, fd, asked[i], &request);
  CALL (ioctl, fd, SIOCSIFNAME, BAD);
  strcpy (request.ifr_name, "nothing");
  CALL (ioctl, fd, SIOCGIFFLAGS, &request);
  CALL (ioctl, fd, SIOCGIFCONF, &list);
  list.ifc_len = sizeof all;
  list.ifc_req = all;
  CALL (ioctl, fd, SIOCGIFCONF, &list);
}

static void
memory (void)
{
  const struct iovec part = { buffer, 3 };
  unsigned long nodes[2] = { 1, 0 }, page = (unsigned long) buffer & -4096;
  int node = 0, status;

  CALL (mbind, BAD, 1L, MPOL_BIND | MPOL_F_STATIC_NODES, nodes, 65L, 1);
  CALL (set_mempolicy, 77, nodes, 1L);
  CALL (get_mempolicy, &node, nodes, 65L, NULL, 0L);
  CALL (migrate_pages, -1, 65L, nodes, NULL);
  CALL (move_pages, -1, 1L, &page, &node, &status, 2);
  CALL (process_vm_readv, -1, &part, 1L, &part, 1L, 0L);
  CALL (process_vm_writev, -1, &part, 1L, &part, 1L, 5L);
}

/* What comes with a signal, of each kind, with zeros and with other numbers; but for
   TRAP_PERF, of which strace shows what the headers have by which it was built.  */
static void
signal_infos (void)
{
  static const struct
  {
    int number, first, last;
  } kinds[] = { { SIGUSR1, -8, 0 },	     { SIGUSR2, 0x80, 0x81 }, { SIGCHLD, 1, 7 },
		{ SIGSEGV, 1, 4 },	     { SIGSEGV, 0x80, 0x80 }, { SIGBUS, 1, 5 },
		{ SIGILL, 1, 3 },	     { SIGFPE, 1, 3 },	      { SIGTRAP, 1, 5 },
		{ SIGIO, 1, 7 },	     { SIGSYS, 1, 3 },	      { SIGTERM, 1, 1 } };
  siginfo_t info;
  int *numbers = (int *) &info;

  for (unsigned int filled = 0; filled < 2; filled++)
    for (unsigned int i = 0; i < sizeof kinds / sizeof *kinds; i++)
      for (int code = kinds[i].first; code <= kinds[i].last; code++)
	{
	  memset (&info, 0, sizeof info);
	  for (unsigned int j = 4; filled && j < 10; j++)
	    numbers[j] = (int) (i + j);
	  info.si_signo = kinds[i].number;
	  info.si_code = code;
	  info.si_errno = filled ? ENOENT : 0;
	  if (filled && kinds[i].number == SIGSYS)
	    {
	      info.si_syscall = SYS_openat;
	      info.si_arch = AUDIT_ARCH_X86_64;
	    }
	  CALL (rt_sigqueueinfo, -1, kinds[i].number, &info);
	}
}

int
main (int argc, char **argv)
{
  const char *own = argc > 1 ? argv[1] : "1";

  process ();
  limits ();
  sockets ();
  families ();
  several (atoi (own));
  messages ();
  queues (own);
  files ();
  terminals ();
  devices ();
  keys ();
  queued ();
  interfaces ();
  memory ();
  signal_infos ();
  return 0;
}
