#!/bin/sh
# Sets of calls, signals, descriptors and results in strace's words, and what is wrong
# with a text.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build sets

# is KIND TEXT EXPECTED: the set's members, or what is said.
is() {
	found=$("$work/sets" "$1" "$2")
	[ "$found" = "$3" ] || fail "$1 '$2': $found, not $3"
}

# has TEXT NAMES, lacks TEXT NAMES: of calls.
has() {
	all=" $("$work/sets" calls "$1") "
	for name in $2; do
		case $all in *" $name "*) ;; *) fail "'$1' hasn't $name" ;; esac
	done
}
lacks() {
	all=" $("$work/sets" calls "$1") "
	for name in $2; do
		case $all in *" $name "*) fail "'$1' has $name" ;; esac
	done
}

is calls open,close 'open close'
is calls close,open,,close 'open close'
is calls 0,write 'read write'
is calls read@64 read
is calls '/^(get|set)pgid$' 'setpgid getpgid'
is calls '?nosuch,read,?openat' 'read openat'
is calls '?nosuch' ''
is calls none ''
is calls '!all' ''
is calls '%stat' stat
is calls 'lstat' lstat
is calls '%lstat' lstat
is calls '%fstat' 'fstat newfstatat statx'
is calls '%%stat' 'stat fstat lstat newfstatat statx'
is calls '%statfs' statfs
is calls '%fstatfs' fstatfs
is calls '%%statfs' 'ustat statfs fstatfs'
is calls '%pure' 'getpid getuid getgid geteuid getegid getppid getpgrp gettid'
is calls nosuch "invalid system call 'nosuch'"
is calls 'read,nosuch,write' "invalid system call 'nosuch'"
is calls '' "invalid system call ''"
is calls ',' "invalid system call ','"
is calls '!' "invalid system call '!'"
is calls '!,' "invalid system call '!,'"
is calls '%nosuch' "invalid system call '%nosuch'"
is calls '/nosuch' "invalid system call '/nosuch'"
is calls '/(' "invalid system call '/('"
is calls read@32 ''
is calls read@x32 ''
is calls mmap2 ''
is calls 'stat64,read,_llseek@32' read
is calls '/^(f|l)?stat64$' ''
is calls '/mmap' mmap
is calls read@33 "invalid system call 'read@33'"
is calls nosuch@32 "invalid system call 'nosuch@32'"
is calls 9999 "invalid system call '9999'"
has file 'open stat execve chdir'
has %file 'open openat stat statx rename execve inotify_add_watch getcwd'
lacks %file 'read fstat close dup'
has %desc 'read fstat openat poll mmap epoll_ctl'
has %network 'socket sendto sendmmsg sendfile'
has %net 'socket'
has %process 'clone fork vfork execve wait4 exit_group kill pidfd_send_signal'
has %signal 'kill rt_sigaction signalfd4 pause'
has %ipc 'shmget msgsnd semop'
has %memory 'mmap munmap brk mprotect shmat'
has %creds 'getuid setresgid prctl capset'
has %clock 'clock_gettime gettimeofday time adjtimex'
has '!read' 'write open'
lacks '!read' 'read'
has '!!read' 'read'
lacks '!!read' 'write'
has '!%file,read' 'write close'
lacks '!%file,read' 'open read'
has all 'read statx'
has '!none' 'read statx'

is signals INT,SIGCHLD '2 17'
is signals sigterm 15
is signals 9,rtmin '9 32'
is signals nosuch "invalid signal 'nosuch'"
is signals none ''
is fds 0,2,900 '0 2 900'
is fds 99999 ''
is fds 1,1024,2999,3000 '1 1024 2999'
is fds "!$(seq -s , 0 1023),1025-" "invalid descriptor '1025-'"
[ "$("$work/sets" fds "!$(seq -s , 0 1023),1025,2999" | tr ' ' '\n' | grep -c .)" = 1974 ] ||
	fail "all but 0 to 1023, 1025 and 2999"
[ "$("$work/sets" fds all | tr ' ' '\n' | grep -c .)" = 3000 ] || fail "all descriptors"
is fds none ''
is fds "$(seq -s , 1024 1085)" "$(seq -s ' ' 1024 1085)"
is fds "$(seq -s , 1024 1086)" "invalid descriptor '1086'"
is fds 4294967296 "invalid descriptor '4294967296'"
is fds 99999999999999999999 "invalid descriptor '99999999999999999999'"
is signals 64 64
is signals 65 "invalid signal '65'"
is fds '!' "invalid descriptor '!'"
is fds -1 "invalid descriptor '-1'"
is status successful,failed '0 1'
is status '!failed' '0 2 3 4'
is status unfinished,unavailable,detached '2 3 4'
is status bad "invalid system call status 'bad'"

# What a call is about.
: >"$work/file"
ln -s file "$work/link"
is paths "$work/file" 'open access fstat poll'
is paths "$work/link" 'open access fstat poll'
is paths "$work/other" ''
exit "$failed"
