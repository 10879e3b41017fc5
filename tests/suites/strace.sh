#!/bin/sh
# strace's own tests, with pure-trace for strace.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: strace.sh [all|TEST...]
#
# TEST is a name as in gen_tests.in of strace's sources; by default some that need no
# more than pure-trace has. Prints how many have passed, been skipped and failed, the
# latter by reason; with all, each. PURECC_STRACE names a directory in which Debian's
# sources of strace are, or are put, and where the tests' programs are kept; PURECC_LOGS
# one that the output is kept in.
#
# What can't pass is by intent: options that pure-trace hasn't (-k, inject and
# others), processes that weren't started with the handler, what only a tracer sees.

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"
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
	uname unlink unlinkat utime utimensat'
all=
case ${1:-} in
'') ;;
all) all=yes ;;
*) some=$* ;;
esac

# build: the tests' programs, once.
build() {
	mkdir -p "$PURECC_STRACE"
	cd "$PURECC_STRACE"
	set -- strace-[0-9]*/
	[ -d "$1" ] || {
		apt-get source --only-source strace >log 2>&1 || {
			echo "apt-get source strace fails: see $PURECC_STRACE/log;" \
				"it takes a deb-src line"
			exit 77
		}
		set -- strace-[0-9]*/
	}
	source=$PURECC_STRACE/${1%/}
	[ -e made ] || {
		mkdir -p made-of
		cd made-of
		{
			"$source/configure" --enable-mpers=no --disable-gcc-Werror
			make -C bundled
			make -C src
			make -k -C tests check TESTS= || :
		} >>../log 2>&1
		touch ../made
	}
	cd "$PURECC_STRACE/made-of/tests"
}

# reason FILE: why the test that has said that has failed.
reason() {
	if grep -q 'there is no -[A-Za-z]: \|this is of another handler\|there are no dumps' "$1"; then
		echo 'an option that pure-trace has not'
	elif grep -q 'unrecognized option\|invalid option\|-e abbrev=' "$1"; then
		echo 'an option that pure-trace does not know'
	elif grep -q 'invalid system call\|invalid signal' "$1"; then
		echo 'another set'
	elif grep -q 'output mismatch' "$1"; then
		echo 'other lines'
	else
		echo 'another end'
	fi
}

# run TEST: passed, skipped, or failed and why.
run() {
	log=$logs/$1.out
	script=$source/tests/$1.gen.test
	[ -e "$script" ] || script=$source/tests/$1.test
	status=0
	timeout -k 5 60 sh "$script" >"$log" 2>&1 </dev/null || status=$?
	case $status in
	0) echo passed ;;
	77) echo skipped ;;
	124 | 137) echo 'failed: too slow, or it hangs' ;;
	*) echo "failed: $(reason "$log")" ;;
	esac
}

build
logs=${PURECC_LOGS:-$PURECC_STRACE/logs}
mkdir -p "$logs"
export STRACE="$PURECC_BUILD/pure-trace --glibc $PURECC_GLIBC" STRACE_ARCH=x86_64
export STRACE_NATIVE_ARCH=x86_64 SIZEOF_LONG=8 MIPS_ABI='' srcdir="$source/tests"
export TZ=UTC
if [ -n "$all" ]; then
	some=$(cd "$srcdir" && printf '%s\n' *.gen.test | sed 's/\.gen\.test$//')
fi
for test in $some; do
	echo "$(run "$test"): $test"
done >"$logs/results"
sort "$logs/results" | sed 's/: [^:]*$//' | uniq -c
[ -z "$all" ] || exit 0
grep '^failed' "$logs/results" && {
	echo "their output is in $logs"
	exit 1
}
[ "$(grep -c ^passed "$logs/results")" -ge 1 ] || exit 77
