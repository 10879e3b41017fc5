#!/bin/sh
# What pure-trace -e inject= injects, and the lines that say so, are strace's.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=../handlers/common.inc disable=SC1091
. "$(dirname "$0")/../handlers/common.inc"
need strace
cd "$work"
"${CC:-cc}" -O1 -g -Wall -Wextra -pthread "$root/tests/trace/inject.c" -o inject
calls=chdir,getpid,getuid,getgid,getcwd,umask,clock_nanosleep

# lines FILE: its lines from the program's first one on, with the threads numbered in
# their order, and without what differs from run to run, and signals without a function.
lines() {
	sed -n '/--- SIGCHLD/d; / getpid()/,$p' "$1" |
		sed 's/0x[0-9a-f]\{6,\}/ADDRESS/; s/ getpid() *= [0-9]\{2,\}/ getpid() = N/' |
		awk '{ if (!($1 in known)) known[$1] = ++count; $1 = known[$1]; print }'
}

pure_trace() {
	timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" "$@"
}

# as_strace OPTION...: the lines of these are the same.
as_strace() {
	compared=$((compared + 1))
	outcome theirs strace -f -e "trace=$calls" -o theirs.raw "$@" ./inject
	outcome ours pure_trace -f -e "trace=$calls" -o ours.raw "$@" ./inject
	lines theirs.raw >>theirs.out
	lines ours.raw >>ours.out
	same "$*" theirs ours
}
compared=0
as_strace -e inject=getpid:retval=7
as_strace -e inject=getpid:error=EIO
as_strace --inject=getpid:error=5:when=1
as_strace -e inject=umask:signal=USR1
as_strace -e inject=umask:signal=SIGUSR1:retval=7 -e signal=none
as_strace -e inject=clock_nanosleep:signal=USR1:error=EINTR
as_strace -e inject=getuid:delay_enter=1000
as_strace -e inject=getuid:delay_exit=1ms:retval=5
as_strace -e inject=getuid:delay_enter=.1ms:delay_exit=+1e5ns:error=EPERM
as_strace -e inject=chdir:poke_enter=@arg1=2f00:when=1
as_strace -e inject=chdir:poke_enter=@arg1=2f00:error=EPERM:when=1
as_strace -e inject=getcwd:poke_exit=@arg1=58:delay_exit=10
as_strace -e inject=getcwd:poke_enter=@arg1=2f6162632f646566:retval=5
as_strace -e inject=umask:syscall=getppid:retval=3
as_strace -e fault=umask
as_strace -e fault=chdir:error=ENOENT
as_strace --fault=chdir:syscall=getpid:when=2+3
as_strace -z -e inject=chdir:error=EACCES:when=2+2
as_strace -Z -e inject=chdir:error=EACCES:when=2+2
as_strace -e raw=chdir -X verbose -e inject=chdir:error=EACCES:when=3
# Only what has a line; and of several, the last for a call.
as_strace -e trace=getpid -e inject=chdir:error=EIO
as_strace -e inject=chdir:retval=1 -e inject=chdir:retval=2:when=2 -e fault=getuid
as_strace -e inject=%file:error=EIO -e inject=getcwd:retval=5
# Each thread and process counts for itself, and goes on in what it executes.
for when in 1 2 3 4 5 2+ 2..3 1+3 2..4+2; do
	as_strace -e "inject=chdir:error=EACCES:when=$when"
done
[ "$compared" -gt 30 ] || fail 'few were compared'

# A call isn't made whose result is injected: no thread, no process, no end of trace's.
for expression in fork,vfork,clone,clone3:error=EAGAIN execve:error=E2BIG \
	prctl,seccomp:retval=0 rt_sigaction:retval=0; do
	outcome theirs strace -f -qq -o theirs.raw -e "inject=$expression" \
		sh -c 'ls /dev/null; ls /dev/null'
	outcome ours pure_trace -f -qq -o ours.raw -e "inject=$expression" \
		sh -c 'ls /dev/null; ls /dev/null'
	same "$expression" theirs ours
	for whose in theirs ours; do
		grep -o '= .* (INJECTED)$' $whose.raw >$whose.out || :
	done
	same "$expression: lines" theirs ours
done

# A signal that ends the program comes after the line; delays count as strace has them.
for signal in TERM KILL; do
	outcome killed pure_trace -o lines -e "inject=umask:signal=$signal" ./inject
	[ "$(tail -n 2 lines | tr -s ' \n' ' ')" = \
		"umask(022) = 022 +++ killed by SIG$signal +++ " ] ||
		fail "no line of the call that a signal ends: $(tail -n 2 lines)"
done
pure_trace -f -T -o lines -e inject=getuid:delay_enter=200ms \
	-e inject=umask:delay_exit=200ms ./inject
grep -q 'getuid() .* (DELAYED) <0\.[2-9]' lines || fail 'delay_enter is not counted'
grep -q 'umask(022) .* (DELAYED) <0\.[01]' lines || fail 'delay_exit is counted'

# What strace hasn't: by file and descriptor, for a caller, shorter, and -c counts it.
pure_trace -o lines -e inject=chdir:path=/usr:error=EIO ./inject 2>err
grep -q 'chdir("/usr") .*(INJECTED)$' lines || fail 'path: none'
! grep 'chdir("/") .*INJECTED' lines || fail 'path: another'
pure_trace -o lines -e inject=write:short=3 sh -c 'echo 1234567' >printed || :
grep -q 'write(1, "123", 3) .* (INJECTED: args)$' lines || fail 'short: no line'
pure_trace -o lines -e inject=chdir:caller=four:error=EIO -e inject=umask:log=stack ./inject
grep -q 'chdir("/usr") .*(INJECTED)$' lines || fail 'caller: none'
! grep 'chdir("/tmp") .*INJECTED' lines || fail 'caller: another'
grep -A 3 '^umask' lines | grep -q '^ > .*/inject(main+' || fail 'log: no stack'
! grep -A 1 '^getuid' lines | grep '^ > ' || fail 'log: a stack too many'
pure_trace -c -o lines -e trace=chdir -e inject=chdir:error=EIO ./inject 2>err
grep -q ' 21 *21 chdir$' lines || fail "-c: $(grep chdir lines)"

# By pure-run, too; what isn't right ends it before the program starts.
under trace -O inject=chdir:error=EIO -o lines -- ./inject || fail 'not by pure-run'
grep -q 'chdir("/tmp") .*(INJECTED)$' lines || fail 'pure-run: no line'
refused "option inject: \`chdir:nosuch=1'" under trace -O inject=chdir:nosuch=1 -- true
refused "program's own namespace" under trace --same-namespace \
	-O inject=chdir:error=EIO -- true
exit "$failed"
