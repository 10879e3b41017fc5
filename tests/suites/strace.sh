#!/bin/sh
# strace's own tests, with pure-trace for strace.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: strace.sh [all|TEST...]
#
# TEST is the name of a test's file without `.test' and `.gen.test'; by default some of
# those that pass. With all, all of them: those made of gen_tests.in, and those that are
# written by hand, but for what attaches to processes. Prints how many have passed, been
# skipped and failed, the latter by reason, and exits 1 if one has failed for which
# strace-without has none. PURECC_STRACE names a directory in which the tests' programs are
# made, and kept; PURECC_LOGS one that the output is kept in.

set -eu
# shellcheck source=../projects/fetch.inc
. "$(dirname "$0")/../projects/fetch.inc"
: "${PURECC_GLIBC:=$PURECC_BUILD/pure-glibc}"
: "${PURECC_STRACE:=$PURECC_BUILD/suites/strace}"

[ -e "$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6" ] || {
	echo "no pure glibc in $PURECC_GLIBC"
	exit 77
}

some='access acct alarm brk chdir chmod chown chroot dup dup2 dup3 epoll_create
	epoll_create1 epoll_ctl faccessat fadvise64 fallocate fchdir fchmod fchmodat
	fchown fchownat fdatasync flock fstat fstatfs fsync ftruncate getcwd getgroups
	getpgrp getpid getppid getrandom getrlimit getrusage getsid gettid getuid kill
	link linkat lseek lstat madvise mkdir mkdirat mknod mlock munlockall open openat
	pipe pipe2 poll prctl-name preadv readlink readlinkat rename renameat renameat2
	rmdir rt_sigprocmask setrlimit setuid shutdown
	sigaltstack splice stat statfs symlink symlinkat sync tee truncate umask umount2
	uname unlink unlinkat utime utimensat
	add_key adjtimex dev-yy dup-y dup3-yy fcntl fsconfig fsmount fspick fstat-Xverbose
	futimesat getgroups get_mempolicy group_req inet-cmsg inotify_init1-y
	ioctl_fiemap ioctl_fs_f ioctl_fs_x-Xraw ioctl_termios-v ioctl_tiocm ioprio
	ip_mreq ipc_msg ipc_msgbuf-Xraw ipc_sem ipc_shm-Xverbose kcmp kexec_load
	landlock_add_rule landlock_create_ruleset mbind memfd_create memfd_secret
	mmap-Xverbose mmsg mount-Xraw mount_setattr move_pages mq mq_sendrecv-read
	msg_control net-icmp_filter net-packet_mreq net-tpacket_stats openat2-v-y
	personality-Xverbose ppoll-P prctl-cap-ambient prctl-mce-kill prctl-sched-core
	prctl-securebits prctl-sve prctl-tagged-addr-Xraw prctl-tsc pread64-pwrite64
	preadv-pwritev printsignal-Xraw process_vm_readv read-write reboot
	rt_sigqueueinfo rt_tgsigqueueinfo sched_xetattr seccomp_get_action_avail select
	select-P setgroups sethostname setns setrlimit-Xraw sock_filter-v-Xverbose
	so_error so_peercred sockopt-sol_socket sockopt-timestamp status-failed
	strace--absolute-timestamps-format-unix-precision-ns
	aio io_uring_setup ioctl_loop-v ioctl_nbd ioctl_random ioctl_sock ioctl_sock_gifconf
	ioctl_uffdio ioctl_watchdog mmsg_name recvmmsg-timeout syslog netlink_netfilter
	netlink_route nfnetlink_nftables nlattr nlattr_ifaddrmsg nlattr_ifinfomsg
	nlattr_ifla_af_spec nlattr_ifla_linkinfo nlattr_ifla_vfinfo-Xverbose
	nlattr_ifstats-Xraw nlattr_inet_diag_msg nlattr_ndmsg nlattr_nlmsgerr nlattr_rtmsg
	nlattr_tcmsg nlattr_unix_diag_msg net--decode-fds-socket-netlink
	strace--relative-timestamps-ms strace--syscall-times-us swap timer_create unshare
	utimensat-Xverbose vmsplice xattr
	ioctl_fiemap-success landlock_create_ruleset-success-y memfd_secret-success
	poke-sendfile prctl-sched-core-success prlimit64-success qual_fault-syntax
	qual_inject-error-signal
	qual_inject-error-signal-syscall qual_inject-retval qual_inject-retval-syscall
	qual_inject-signal qual_inject-signal-syscall qual_inject-syntax
	seccomp_get_notif_sizes-success sockopt-sol_socket-success
	net-sockaddr sockaddr_xlat-Xverbose quotactl-v quotactl-success quotactl-xfs-success-v
	quotactl_fd-y keyctl-Xverbose arch_prctl-success prctl-sve-success
	prctl-tagged-addr-success-Xverbose io_uring_register io_uring_register-success-Xraw
	ioctl_block ioctl_counter ioctl_evdev-v ioctl_evdev-success-v-Xverbose
	ioctl_gpio-success-v ioctl_hdio-success-Xverbose ioctl_ptp-success ioctl_rtc-success
	ioctl_scsi futex_waitv perf_event_open_unabbrev ioctl_perf caps caps-abbrev futex
	filtering_fd-syntax qual_signal qual_syscall readv redirect strace-E-override
	strace-S strace-k-demangle'
all=
case ${1:-} in
'') ;;
all) all=yes ;;
*) some=$* ;;
esac

# script TEST: what it is.
script() {
	name=$source/tests/$1
	if [ -e "$name.gen.test" ]; then
		echo "$name.gen.test"
	else
		echo "$name.test"
	fi
}

# programs TEST...: those that they run: of their names, and what they name, or what
# they source does.
programs() {
	printf '%s\n' "$@"
	for test; do
		cat "$(script "$test")"
	done | sed -n 'p; s,^\. .*/\([^/" ]*\).*,\1,p' | sort -u |
		(
			cd "$source/tests"
			while read -r line; do
				echo "$line"
				[ ! -f "$line" ] || cat "$line"
			done
		) | grep -o -E '\.\./[a-zA-Z0-9_-]+' | sed 's,.*/,,' | sort -u
}

# build TEST...: their programs, those that aren't there yet; some names are of none.
build() {
	mkdir -p "$PURECC_STRACE/made-of"
	cd "$PURECC_STRACE/made-of"
	{
		[ -e Makefile ] || "$source/configure" --enable-mpers=no \
			--disable-gcc-Werror
		make -C tests scno.h ksysent.h
		# shellcheck disable=SC2046 # they are words
		make -j "$(nproc)" -k -C tests \
			${all:+check TESTS=} $(programs "$@") || :
	} >../log 2>&1
	cd tests
}

# reason TEST: why it can't pass, if there is one.
reason() {
	while read -r pattern why; do
		# shellcheck disable=SC2254 # it is a pattern
		case $1 in
		$pattern)
			echo "$why"
			return
			;;
		esac
	done <<-END
		$reasons
	END
}

# run TEST: passed, skipped, or failed and why.
run() {
	log=$logs/$1.out
	why=$(reason "$1")
	case $why in
	*'(not run:'*)
		echo "failed: $why"
		return
		;;
	esac
	status=0
	timeout -k 5 300 sh "$(script "$1")" >"$log" 2>&1 </dev/null || status=$?
	case $status in
	0) echo passed ;;
	77) echo skipped ;;
	*) echo "failed: ${why:-nobody knows why}" ;;
	esac
}

fetch strace
source=$PURECC_BUILD/projects/strace/source
if [ -n "$all" ]; then
	some=$(cd "$source/tests" && printf '%s\n' *.test |
		sed 's/\(\.gen\)\?\.test$//' |
		grep -v -E '^(attach|detach|interactive)')
fi
# shellcheck disable=SC2086 # they are words
build $some
logs=${PURECC_LOGS:-$PURECC_STRACE/logs}
mkdir -p "$logs"
reasons=$(grep -v '^#' "$root/tests/suites/strace-without")
# Messages begin with the name that it has, which is one word.
mkdir -p "$PURECC_STRACE/bin"
printf '#!/bin/sh\nexec %s --glibc %s "$@"\n' "$PURECC_BUILD/pure-trace" \
	"$PURECC_GLIBC" >"$PURECC_STRACE/bin/pure-trace"
chmod +x "$PURECC_STRACE/bin/pure-trace"
export PATH="$PURECC_STRACE/bin:$PATH" STRACE=pure-trace STRACE_ARCH=x86_64
# Some tests try for half of the first, in seconds.
export TIMEOUT_DURATION=60 STRACE_NATIVE_ARCH=x86_64 SIZEOF_LONG=8 MIPS_ABI='' srcdir="$source/tests"
export TZ=UTC
for test in $some; do
	echo "$(run "$test"): $test"
done >"$logs/results"
sort "$logs/results" | sed 's/: [^:]*$//' | uniq -c
grep 'nobody knows why' "$logs/results" && {
	echo "their output is in $logs"
	exit 1
}
[ "$(grep -c ^passed "$logs/results")" -ge 1 ] || exit 77
