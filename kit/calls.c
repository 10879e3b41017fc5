/*
 * kit: what is known of the calls, one line each.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <seccomp.h>
#include <sys/syscall.h>

#include "kit.h"

/* Above all numbers there are, with room for those to come. */
#define NUMBERS 640

struct call {
	/* Of type enum kind. */
	char kinds[PURE_ARGUMENTS + 1];
	bool known;
	/* Of type enum pure_ending. */
	unsigned char ending;
};

#define ROW(name, kinds, ending) [SYS_##name] = { kinds, true, ending }
#define CALL(name, kinds) ROW(name, kinds, PURE_RETURNS)
#define ADDRESS(name, kinds) ROW(name, kinds, PURE_RETURNS_ADDRESS)
#define EXEC(name, kinds) ROW(name, kinds, PURE_FAILS_OR_NEVER)
#define NEVER(name, kinds) ROW(name, kinds, PURE_NEVER)

/* The arguments of a call that isn't here are shown as addresses are. */
static const struct call calls[NUMBERS] = {
	CALL(read, "Dxu"),
	CALL(write, "Dxu"),
	CALL(open, "sxo"),
	CALL(close, "D"),
	CALL(stat, "sx"),
	CALL(fstat, "Dx"),
	CALL(lstat, "sx"),
	CALL(poll, "xud"),
	CALL(lseek, "Dld"),
	ADDRESS(mmap, "xuxxDl"),
	CALL(mprotect, "xux"),
	CALL(munmap, "xu"),
	ADDRESS(brk, "x"),
	CALL(rt_sigaction, "dxxu"),
	CALL(rt_sigprocmask, "dxxu"),
	NEVER(rt_sigreturn, ""),
	CALL(ioctl, "Dxx"),
	CALL(pread64, "Dxul"),
	CALL(pwrite64, "Dxul"),
	CALL(readv, "Dxd"),
	CALL(writev, "Dxd"),
	CALL(access, "sd"),
	CALL(pipe, "x"),
	CALL(select, "dxxxx"),
	CALL(sched_yield, ""),
	ADDRESS(mremap, "xuuxx"),
	CALL(msync, "xux"),
	CALL(madvise, "xud"),
	CALL(shmget, "xux"),
	ADDRESS(shmat, "dxx"),
	CALL(shmctl, "ddx"),
	CALL(dup, "D"),
	CALL(dup2, "DD"),
	CALL(pause, ""),
	CALL(nanosleep, "xx"),
	CALL(getitimer, "dx"),
	CALL(alarm, "d"),
	CALL(setitimer, "dxx"),
	CALL(getpid, ""),
	CALL(sendfile, "DDxu"),
	CALL(socket, "dxd"),
	CALL(connect, "Dxd"),
	CALL(accept, "Dxx"),
	CALL(sendto, "Dxuxxd"),
	CALL(recvfrom, "Dxuxxx"),
	CALL(sendmsg, "Dxx"),
	CALL(recvmsg, "Dxx"),
	CALL(shutdown, "Dd"),
	CALL(bind, "Dxd"),
	CALL(listen, "Dd"),
	CALL(getsockname, "Dxx"),
	CALL(getpeername, "Dxx"),
	CALL(socketpair, "dxdx"),
	CALL(setsockopt, "Dddxd"),
	CALL(getsockopt, "Dddxx"),
	CALL(clone, "xxxxx"),
	CALL(fork, ""),
	CALL(vfork, ""),
	EXEC(execve, "sxx"),
	NEVER(exit, "d"),
	CALL(wait4, "dxxx"),
	CALL(kill, "dd"),
	CALL(uname, "x"),
	CALL(fcntl, "Ddx"),
	CALL(flock, "Dd"),
	CALL(fsync, "D"),
	CALL(fdatasync, "D"),
	CALL(truncate, "sl"),
	CALL(ftruncate, "Dl"),
	CALL(getdents, "Dxu"),
	CALL(getcwd, "xu"),
	CALL(chdir, "s"),
	CALL(fchdir, "D"),
	CALL(rename, "ss"),
	CALL(mkdir, "so"),
	CALL(rmdir, "s"),
	CALL(creat, "so"),
	CALL(link, "ss"),
	CALL(unlink, "s"),
	CALL(symlink, "ss"),
	CALL(readlink, "sxu"),
	CALL(chmod, "so"),
	CALL(fchmod, "Do"),
	CALL(chown, "sdd"),
	CALL(fchown, "Ddd"),
	CALL(lchown, "sdd"),
	CALL(umask, "o"),
	CALL(gettimeofday, "xx"),
	CALL(getrlimit, "dx"),
	CALL(getrusage, "dx"),
	CALL(sysinfo, "x"),
	CALL(times, "x"),
	CALL(getuid, ""),
	CALL(getgid, ""),
	CALL(setuid, "d"),
	CALL(setgid, "d"),
	CALL(geteuid, ""),
	CALL(getegid, ""),
	CALL(setpgid, "dd"),
	CALL(getppid, ""),
	CALL(getpgrp, ""),
	CALL(setsid, ""),
	CALL(setreuid, "dd"),
	CALL(setregid, "dd"),
	CALL(getgroups, "dx"),
	CALL(setgroups, "dx"),
	CALL(setresuid, "ddd"),
	CALL(getresuid, "xxx"),
	CALL(setresgid, "ddd"),
	CALL(getresgid, "xxx"),
	CALL(getpgid, "d"),
	CALL(getsid, "d"),
	CALL(rt_sigpending, "xu"),
	CALL(rt_sigtimedwait, "xxxu"),
	CALL(rt_sigqueueinfo, "ddx"),
	CALL(rt_sigsuspend, "xu"),
	CALL(sigaltstack, "xx"),
	CALL(utime, "sx"),
	CALL(mknod, "sox"),
	CALL(statfs, "sx"),
	CALL(fstatfs, "Dx"),
	CALL(getpriority, "dd"),
	CALL(setpriority, "ddd"),
	CALL(prctl, "dxxxx"),
	CALL(arch_prctl, "xx"),
	CALL(setrlimit, "dx"),
	CALL(chroot, "s"),
	CALL(sync, ""),
	CALL(mount, "sssxx"),
	CALL(umount2, "sx"),
	CALL(pivot_root, "ss"),
	CALL(swapon, "sx"),
	CALL(swapoff, "s"),
	CALL(gettid, ""),
	CALL(readahead, "Dlu"),
	CALL(setxattr, "ssxux"),
	CALL(lsetxattr, "ssxux"),
	CALL(fsetxattr, "Dsxux"),
	CALL(getxattr, "ssxu"),
	CALL(lgetxattr, "ssxu"),
	CALL(fgetxattr, "Dsxu"),
	CALL(listxattr, "sxu"),
	CALL(llistxattr, "sxu"),
	CALL(flistxattr, "Dxu"),
	CALL(removexattr, "ss"),
	CALL(lremovexattr, "ss"),
	CALL(fremovexattr, "Ds"),
	CALL(tkill, "dd"),
	CALL(time, "x"),
	CALL(futex, "xxdxxd"),
	CALL(sched_setaffinity, "dux"),
	CALL(sched_getaffinity, "dux"),
	CALL(epoll_create, "d"),
	CALL(getdents64, "Dxu"),
	CALL(set_tid_address, "x"),
	CALL(fadvise64, "Dlud"),
	CALL(timer_create, "dxx"),
	CALL(clock_settime, "dx"),
	CALL(clock_gettime, "dx"),
	CALL(clock_getres, "dx"),
	CALL(clock_nanosleep, "dxxx"),
	NEVER(exit_group, "d"),
	CALL(epoll_wait, "Dxdd"),
	CALL(epoll_ctl, "DdDx"),
	CALL(tgkill, "ddd"),
	CALL(utimes, "sx"),
	CALL(waitid, "ddxxx"),
	CALL(inotify_init, ""),
	CALL(inotify_add_watch, "Dsx"),
	CALL(inotify_rm_watch, "Dd"),
	CALL(openat, "fsxo"),
	CALL(mkdirat, "fso"),
	CALL(mknodat, "fsox"),
	CALL(fchownat, "fsddx"),
	CALL(futimesat, "fsx"),
	CALL(newfstatat, "fsxx"),
	CALL(unlinkat, "fsx"),
	CALL(renameat, "fsfs"),
	CALL(linkat, "fsfsx"),
	CALL(symlinkat, "sfs"),
	CALL(readlinkat, "fsxu"),
	CALL(fchmodat, "fso"),
	CALL(faccessat, "fsd"),
	CALL(pselect6, "dxxxxx"),
	CALL(ppoll, "xuxxu"),
	CALL(unshare, "x"),
	CALL(set_robust_list, "xu"),
	CALL(splice, "DxDxux"),
	CALL(sync_file_range, "Dllx"),
	CALL(vmsplice, "Dxux"),
	CALL(tee, "DDux"),
	CALL(utimensat, "fsxx"),
	CALL(epoll_pwait, "Dxddxu"),
	CALL(timerfd_create, "dx"),
	CALL(eventfd, "d"),
	CALL(fallocate, "Dxll"),
	CALL(timerfd_settime, "Dxxx"),
	CALL(timerfd_gettime, "Dx"),
	CALL(accept4, "Dxxx"),
	CALL(signalfd4, "Dxux"),
	CALL(eventfd2, "dx"),
	CALL(epoll_create1, "x"),
	CALL(dup3, "DDx"),
	CALL(pipe2, "xx"),
	CALL(inotify_init1, "x"),
	CALL(preadv, "Dxdl"),
	CALL(pwritev, "Dxdl"),
	CALL(prlimit64, "ddxx"),
	CALL(name_to_handle_at, "fsxxx"),
	CALL(syncfs, "D"),
	CALL(sendmmsg, "Dxux"),
	CALL(recvmmsg, "Dxuxx"),
	CALL(setns, "Dx"),
	CALL(getcpu, "xxx"),
	CALL(renameat2, "fsfsx"),
	CALL(seccomp, "dxx"),
	CALL(getrandom, "xux"),
	CALL(memfd_create, "sx"),
	EXEC(execveat, "fsxxx"),
	CALL(copy_file_range, "DxDxux"),
	CALL(preadv2, "Dxdllx"),
	CALL(pwritev2, "Dxdllx"),
	CALL(statx, "fsxxx"),
	CALL(rseq, "xuxx"),
	CALL(pidfd_send_signal, "Ddxx"),
	CALL(open_tree, "fsx"),
	CALL(move_mount, "fsfsx"),
	CALL(fsopen, "sx"),
	CALL(fspick, "fsx"),
	CALL(pidfd_open, "dx"),
	CALL(clone3, "xu"),
	CALL(close_range, "uux"),
	CALL(openat2, "fsxu"),
	CALL(faccessat2, "fsdx"),
};

/* libseccomp allocates each name; these are kept for good. */
static const char *names[NUMBERS];

void pure_calls_init(void)
{
	int i;

	for (i = 0; i < NUMBERS; i++)
		names[i] =
			seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86_64, i);
}

static bool in_table(long number)
{
	return number >= 0 && number < NUMBERS;
}

const char *pure_call_name(long number)
{
	return in_table(number) ? names[number] : NULL;
}

const char *pure_call_kinds(long number)
{
	if (!in_table(number) || !calls[number].known)
		return NULL;
	return calls[number].kinds;
}

enum pure_ending pure_call_ending(long number)
{
	return in_table(number) ? calls[number].ending : PURE_RETURNS;
}
