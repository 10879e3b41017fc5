#!/bin/sh
# What inject injects is what strace does in the same words; and what strace hasn't.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need strace /usr/bin/python3
build inject
cd "$work"
echo 'some text' >file
mkdir directory

# injected EXPRESSION COMMAND...
injected() {
	expression=$1
	shift
	under inject -O "inject=$expression" -- "$@"
}

# as_strace EXPRESSION COMMAND...
as_strace() {
	compared=$((compared + 1))
	expression=$1
	shift
	outcome strace strace -f -qq -o calls -e "inject=$expression" "$@"
	outcome injected injected "$expression" "$@"
	cat strace.err >>strace.out
	cat injected.err >>injected.out
	same "$expression: $*" strace injected
}
compared=0
as_strace openat:error=ENOENT:when=4 head -n 3 file
as_strace openat:error=ENOENT:when=3+ head -n 3 file
as_strace read:error=EIO:when=2 head -n 3 file
as_strace read:error=5:when=2 head -n 3 file
as_strace read:retval=0:when=2+ head -n 3 file
as_strace write:error=ENOSPC echo text
as_strace write:signal=SIGTERM echo text
as_strace write:signal=term:error=EINTR echo text
as_strace write:signal=15:when=2 sh -c 'echo 1; echo 2; echo 3'
as_strace clone,clone3,fork,vfork:error=EAGAIN sh -c 'ls; echo no'
as_strace %stat,newfstatat:error=EACCES:when=2..4+2 ls -l file file file file
as_strace write:poke_enter=@arg2=4142 echo text
as_strace read:poke_exit=@arg2=5858:when=2+ head -n 3 file
as_strace getdents64:error=EIO ls directory
as_strace unlink,unlinkat:retval=0 rm nothing
as_strace geteuid:retval=7 id -u
as_strace execve:error=E2BIG:when=2+ sh -c 'ls'
as_strace write:syscall=getpid:retval=5:when=1 echo text
as_strace write:error=EINTR:when=1 /usr/bin/python3 -c 'print(5)'
as_strace '/^get[eu]:error=EPERM' id -u
as_strace read:delay_enter=1000:delay_exit=1ms head -n 3 file
as_strace read:delay_enter=+1e5ns:delay_exit=.0001s head -n 3 file
as_strace mkdir:error=EROFS mkdir new
as_strace %file:error=EACCES:when=60+ /usr/bin/python3 -c 'open("file")'
as_strace '!write,exit_group,execve,brk,mmap,openat,read,close,newfstatat,pread64,munmap,mprotect,arch_prctl,set_tid_address,set_robust_list,rseq,prlimit64,getrandom,access:error=EBADF' \
	echo text
for when in 1 2 3+ 2+2 2..4 1..5+2 6..6; do
	as_strace "chdir:error=EACCES:when=$when" "$work/inject"
done
as_strace umask:signal=SIGUSR2 "$work/inject"
as_strace umask:retval=0777:signal=USR2 "$work/inject"
as_strace clock_nanosleep:signal=USR2 "$work/inject"
as_strace dup:retval=3 "$work/inject"
# What is executed goes on counting; a child begins anew.
for when in 1 2 3 4; do
	as_strace "chdir:error=EACCES:when=$when" sh -c 'cd /; pwd
		exec sh -c "cd /tmp; pwd; (cd /usr; pwd); cd /var; cd /usr; pwd"'
done
[ "$compared" -gt 30 ] || fail 'few were compared'

# Short reads and writes: all comes, in more of them.
strace -f -qq -o calls -e trace=read,write "$PURECC_BUILD/pure-run" \
	--glibc "$PURECC_GLIBC" --quiet --handler inject \
	-O inject=read:short=3:path=file -O inject=write:short=2:fd=1 -- \
	head -n 1 file >printed
cmp -s file printed || fail 'short: another text'
[ "$(grep -c 'read(.*, 3) *= 3$' calls)" -ge 3 ] || fail 'short: the reads are not'
[ "$(grep -c 'write(1, .*, [12]) *= [12]$' calls)" -ge 5 ] || fail 'short: the writes are not'
head -c 5000 /dev/urandom >bytes
under inject -O inject=read:short=7:fd=0 -O inject=write:short=5 -- \
	sh -c 'tee copy <bytes | cat >second'
cmp bytes copy || fail 'short: a file'
cmp bytes second || fail 'short: a pipe'

# By file, descriptor, value of an argument.
for path in file "$work/file"; do
	outcome injected injected "openat:error=EIO:path=$path" wc -c "$path" bytes
	grep -q "$path: Input/output error" injected.err || fail "path: $path"
	grep -q '^5000 bytes$' injected.out || fail "path: others fail too"
done
outcome injected injected "read:error=EISDIR:path=file" head bytes file
grep -q "reading 'file': Is a directory" injected.err || fail 'path: a descriptor'
outcome injected injected write:error=EPIPE:fd=2 \
	/usr/bin/python3 -c 'import os; os.write(1, b"out\n"); os.write(2, b"err\n")'
grep -q '^out$' injected.out || fail 'fd: another one'
! grep -q '^err$' injected.err || fail 'fd: not that one'
outcome injected injected write:error=EPIPE:arg3=4 sh -c 'echo 123; echo 1234'
grep -q '^1234$' injected.out || fail 'arg3: another one'
! grep -q '^123$' injected.out || fail 'arg3: not that one'

# Several for a call: the first result counts, and each does what else it says.
outcome injected under inject -O inject=write:error=EIO:when=2 \
	-O inject=write:error=EPIPE:when=2..3 -O inject=write:poke_enter=@arg2=58:fd=1 -- \
	/usr/bin/python3 -c 'import os
errors = []
for i in range(4):
    try: os.write(1, b"text\n")
    except OSError as e: errors.append(e.errno)
os.write(1, repr(errors).encode())'
printf 'Xext\nXext\nX5, 32]exit status 0\n' | cmp - injected.out ||
	fail "several: $(cat injected.out)"

# In one thread or process of the run: by its name.
outcome injected injected chdir:error=EACCES:thread=1.1:when=2+ "$work/inject"
grep -q '^thread: .xxxxx$' injected.out || fail 'thread: that one'
[ "$(grep -c ': ......$' injected.out)" = "$(($(grep -c ': \.\.\.\.\.\.$' injected.out) + 1))" ] ||
	fail "thread: another one: $(cat injected.out)"
outcome injected injected chdir:error=EACCES:thread=1.2 "$work/inject"
grep -q '^child: xxxxxx$' injected.out || fail 'thread: a child'
grep -q '^thread: \.\.\.\.\.\.$' injected.out || fail 'thread: another one than the child'

# Lines for the calls, also of what is executed, with the names; and what they say is
# what has happened.
start=$(date +%s%N)
under inject -O inject=chdir:error=ENOENT:when=3:log=line -O inject=chdir,execve,vfork,clone:log=line \
	-O start="$start" -o lines -- sh -c 'cd /; (cd /tmp; exec /usr/bin/env /bin/sh -c "cd /usr; exec /bin/true"); cd /var; cd /usr' \
	>printed 2>&1 || :
sed 's/0x[0-9a-f]*[^,)]*/X/; s/= [1-9][0-9]*$/= N/; s/^\(1 clone 1\) .*/\1/' lines |
	sort -s -k 1,1 >sorted
cat >wanted <<'END'
1 chdir 1 chdir("/") = 0
1 clone 1
1 chdir 2 chdir("/var") = 0
1 chdir 3 chdir("/usr") = -1 ENOENT (No such file or directory) (INJECTED)
1.1 chdir 1 chdir("/tmp") = 0
1.1 execve 1 execve("/usr/bin/env", ["/usr/bin/env", "/bin/sh", "-c", "cd /usr; exec /bin/true"], X) = ?
1.1 execve 2 execve("/bin/sh", ["/bin/sh", "-c", "cd /usr; exec /bin/true"], X) = ?
1.1 chdir 2 chdir("/usr") = 0
1.1 execve 3 execve("/bin/true", ["/bin/true"], X) = ?
END
diff wanted sorted || fail 'log: other lines'
for directory in /dev/shm /tmp; do
	[ ! -e "$directory/purecc-inject-$start" ] || fail "$directory: something is left"
done

# By chance: the same with the same seed.
chance='import os
print("".join("." if os.path.lexists("file") else "x" for i in range(200)))'
# by_chance SEED FILE
by_chance() {
	under inject -O inject=newfstatat:error=ENOENT:path=file:probability=0.25 \
		-O "seed=$1" -- /usr/bin/python3 -S -c "$chance" >"$2"
}
by_chance 1 first
by_chance 1 again
by_chance 2 other
cmp first again || fail 'a seed gives another'
! cmp -s first other || fail 'another seed gives the same'
failures=$(tr -dc x <first | wc -c)
if [ "$failures" -lt 20 ] || [ "$failures" -gt 80 ]; then
	fail "of 200 failed $failures"
fi
injected newfstatat:error=ENOENT:path=file:probability=0 /usr/bin/python3 -S -c "$chance" >printed
! grep -q x printed || fail 'probability=0'

# What isn't right.
while IFS='|' read -r expression text; do
	refused "$text" injected "$expression" echo started
	! grep -q started "$work/refused.out" || fail "$expression: started"
done <<'END'
read|nothing is injected
nothing:error=EIO|invalid system call
read:error=ENOTHING|there is no error `ENOTHING'
read:error=0|there is no error `0'
read:error=4096|there is no error `4096'
read:error=EIO:retval=0|a second result
exit_group:error=EIO|there is no result, for it doesn't return: `exit_group'
exit,rt_sigreturn:retval=1|there is no result, for it doesn't return: `exit,rt_sigreturn'
chdir:poke_enter=@arg2=00|there aren't as many arguments: `chdir'
chdir,close:poke_exit=@arg1=00,@arg2=00|there aren't as many arguments: `chdir,close'
read:retval=-1|retval is no number
read:retval=0xffffffffffffffff|retval is an error
read:signal=SIGNONE|there is no signal `SIGNONE'
read:signal=0|there is no signal
read:signal=65|there is no signal
read:error=EIO:when=0|it isn't FIRST
read:error=EIO:when=3..2|it isn't FIRST
read:error=EIO:when=1+0|it isn't FIRST
read:error=EIO:when=-1|it isn't FIRST
read:error=EIO:when=99999|it isn't FIRST
read:error=EIO:when=27..65535|it isn't FIRST
read:error=EIO:when=3..4294967300|it isn't FIRST
read:error=EIO:when=7++1|it isn't FIRST
read:signal=1:signal=2|a second signal
read:error=EIO:syscall=gettid:syscall=gettid|a second call
read:error=EIO:when|there is no value for `when'
read:error=EIO:what=1|there is no `what'
read:delay_enter=soon|it is no delay
read:delay_enter=-1|it is no delay
read:delay_enter=1e30s|it is no delay
read:delay_enter=inf|it is no delay
read:delay_exit=1:delay_exit=2|a second delay
read:poke_exit=@arg2=41,@arg2=42|a second poke
read:poke_exit=@arg7=00|it isn't @argN=HEX
read:poke_exit=@arg1=0|it isn't @argN=HEX
read:poke_exit=@arg1=zz|it isn't @argN=HEX
read:syscall=read:error=EIO|not one of %pure
read:error=EIO:probability=2|the probability
read:error=EIO:arg9=1|an argument is one of
read:error=EIO:fd=x|fd
read:short=-1|short is no number
read:error=EIO:thread=2|a thread is 1, 1.2
read:error=EIO:thread=1..2|a thread is 1, 1.2
read:error=EIO:thread=|there is no value for `thread'
read:log=yes|log is line or stack
read:log=|there is no value for `log'
END
refused 'none is given' under inject -- true
exit "$failed"
