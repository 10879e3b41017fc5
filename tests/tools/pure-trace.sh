#!/bin/sh
# pure-trace: strace's options, what it says of those that it hasn't, and how it ends.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"
: "${PURECC_GLIBC:=$PURECC_BUILD/pure-glibc}"
[ -e "$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6" ] || {
	echo "no pure glibc in $PURECC_GLIBC"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C TZ=UTC
# What is open here has the numbers that are expected below.
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

# run STATUS ARGS...: pure-trace, whose exit status is that one.
run() {
	expected=$1
	shift
	status=0
	timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" "$@" \
		>out 2>err </dev/null || status=$?
	[ "$status" -eq "$expected" ] || {
		fail "$*: exit status $status"
		head -n 5 err
	}
}

# says TEXT ARGS...: it refuses, and says why.
says() {
	text=$1
	shift
	run 2 "$@"
	grep -q -F "pure-trace: $text" err || {
		fail "$*: doesn't say \`$text'"
		cat err
	}
}

# has FILE REGEX, lacks FILE REGEX
has() {
	grep -q -E -e "$2" "$1" || {
		fail "no line of $1 is $2"
		tail -n 5 "$1"
	}
}
lacks() {
	! grep -E -e "$2" "$1" || fail "a line of $1 is $2"
}

says 'must have PROGRAM'
says "there is no -p: a handler is there from a program's start" -p 1 true
says '-X nosuch: there are abbrev, raw and verbose' -X nosuch true
says "invalid system call 'nosuch'" -e trace=nosuch true
says "invalid system call '%nosuch'" -e %nosuch true
says "invalid signal 'nosuch'" -e signal=nosuch true
says "invalid system call status 'nosuch'" -e status=nosuch true
says "invalid system call 'nosuch'" -e abbrev=nosuch true
says "invalid quiet 'nosuch'" -e quiet=nosuch true
says "invalid quiet 'nosuch'" --quiet=exit,nosuch true
says "invalid decode-fds 'nosuch'" --decode-fds=path,nosuch true
says "invalid decode-fds 'nosuch'" -e decode-fds=nosuch true
says "invalid -s argument: 'x'" -s x true
says "invalid -a argument: '-1'" -a -1 true
# rejects KIND RULE WHY: -e KIND=RULE, and --KIND.
rejects() {
	says "invalid $1 argument '$2': $3" -e "$1=$2" true
	says "invalid $1 argument '$2': $3" "--$1=$2" true
}
rejects inject read "nothing is injected"
rejects inject '' "invalid system call ''"
rejects inject :error=EIO "invalid system call ''"
rejects inject nosuch:error=EIO "invalid system call 'nosuch'"
rejects inject read:error=ENOSUCH "there is no error \`ENOSUCH'"
rejects inject read:error=EIO:retval=1 'a second result'
rejects inject read:nosuch=1 "there is no \`nosuch'"
rejects inject read:error=EIO:when=0 "it isn't FIRST"
rejects fault read:error=ENOSUCH "there is no error \`ENOSUCH'"
rejects fault read:when=0 "it isn't FIRST"
rejects fault read:retval=1 'a second result'
rejects fault exit_group "there is no result, for it doesn't return"
for word in signal=1 delay_enter=1 delay_exit=1 poke_enter=@arg2=00 \
	poke_exit=@arg2=00 short=1 log=line; do
	rejects fault "read:$word" 'a fault is an error only'
done
rejects fault read:error=EIO:signal=1 'a fault is an error only'
says "invalid sortby: 'nosuch'" -c -S nosuch true
says "unknown column name: 'nosuch'" -c -U name,nosuch true
says "unknown column name: ''" -c -U name, true
says "-U calls,count: column 'count' is there twice" -c -U calls,count true
says '-u nosuchuser: there is no such user' -u nosuchuser true
run 0 -h
has out 'Usage: pure-trace'
# The classes that it names are there.
classes=$(sed -n '/^CLASS: /,$p' out | tr '\n' ' ' | sed 's/^CLASS: //; s/, */,%/g; s/ *$//')
run 0 -e "trace=%$classes" true
run 0 -V
run 127 ./nothing

# On standard error, and the program's exit status; a signal ends it too.
run 7 sh -c 'exit 7'
has err '^execve\("/.*/sh", \["sh", "-c", "exit 7"\], 0x[0-9a-f]+ /\* [0-9]+ vars \*/\) += 0$'
has err '^exit_group\(7\) +. = \?$|^exit_group\(7\) += \?$'
has err '^\+\+\+ exited with 7 \+\+\+$'
run 143 -f -o lines sh -c 'kill -TERM $$'
has lines '^[0-9]+ +kill\([0-9]+, SIGTERM <unfinished'
has lines '^[0-9]+ +\+\+\+ killed by SIGTERM \+\+\+$'

# Several processes: lines are whole, a child's end by a signal is shown.
run 0 -f -o lines sh -c 'cat /dev/null & wait; sh -c "kill -KILL \$\$"; true'
has lines '\+\+\+ killed by SIGKILL \+\+\+$'
has lines '^[0-9]+ +wait4\(.* <unfinished \.\.\.>$'
has lines '^[0-9]+ +<\.\.\. wait4 resumed>'
grep -v -E '^[0-9]+ +([a-z0-9_]+\(|<\.\.\. [a-z0-9_]+ resumed>|---|\+\+\+)' lines &&
	fail 'lines that begin otherwise'
grep -v -E '(= (-?[0-9]+|\?|0x[0-9a-f]+)( .*)?|---|\+\+\+|<unfinished \.\.\.>)$' lines &&
	fail 'lines that end otherwise'
run 0 -o lines true
has lines '^exit_group\(0\) += \?$'
run 0 sh -c 'cat /dev/null & wait'
has err '^\[pid +[0-9]+\] '

# Signals that the program takes.
# shellcheck disable=SC2016 # the shell that is run expands it
taking='trap "echo taken" USR1; kill -USR1 $$; trap "" USR1; kill -USR1 $$'
run 0 -f -o lines sh -c "$taking"
has out '^taken$'
[ "$(grep -c -E -e '--- SIGUSR1 \{si_signo=SIGUSR1, si_code=SI_USER, si_pid=[0-9]+, si_uid=[0-9]+\} ---$' lines)" -eq 1 ] ||
	fail 'not one SIGUSR1'
run 0 -f -o lines -e signal=INT sh -c "$taking"
has out '^taken$'
lacks lines '---'

# What a program is doing can be seen while it hangs, and after it was killed.
"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines sleep 1000 &
tracer=$!
for _ in $(seq 300); do
	! grep -q 'nanosleep(' lines 2>/dev/null || break
	sleep 0.1
done
has lines 'nanosleep\(.*, [^=]*$'
kill -KILL "$(sed -n '1s/ .*//p' lines)"
status=0
wait "$tracer" || status=$?
[ "$status" -eq 137 ] || fail "killed: exit status $status"
has lines 'nanosleep\(.* <unfinished \.\.\.>$'
has lines '^[0-9]+ +\+\+\+ killed by SIGKILL \+\+\+$'

# Which calls.
run 0 -f -o lines -e trace=openat,%stat -e signal=none cat /dev/null
lacks lines ' (read|mmap|close|execve)\('
has lines ' openat\(AT_FDCWD, "/dev/null", O_RDONLY\) = 3$'
run 0 -f -o lines -e '!mmap,mprotect' cat /dev/null
lacks lines ' (mmap|mprotect)\('
has lines ' close\('
run 1 -f -o lines -Z cat nothing
lacks lines '= [0-9]'
has lines ' openat\(AT_FDCWD, "nothing", O_RDONLY\) = -1 ENOENT \(No such file or directory\)$'
run 1 -f -o lines -z cat nothing
lacks lines '= -1 E'
: >file
run 0 -f -o lines -P file wc file
has lines ' openat\(AT_FDCWD, "file", O_RDONLY\) += 3$'
has lines ' read\(3, "", '
lacks lines ' (mmap|brk)\('
run 0 -f -o lines -e raw=openat wc file
has lines ' openat\(0xffffff9c, 0x[0-9a-f]+, 0, 0\) += 0x3$|openat\(0xffffffffffffff9c, 0x[0-9a-f]+, 0, 0\) += 0x3$'
# The end of an execve that goes well is the next program's.
# shellcheck disable=SC2016 # the shell that is run expands it
some='./nothing; sh -c "exit 3"; exec /bin/cat file'
# executed STATUS WANTED: the lines of execve with -e status=STATUS, by path and result.
executed() {
	run 0 -o lines -e trace=execve -e status="$1" sh -c "$some"
	lacks lines unfinished
	found=$(sed -n 's/^\(\[pid *[0-9]*\] \)\?execve("\([^"]*\/\)\?\([^"]*\)".* = \([-0-9]*\).*/\3 \4/p' \
		lines | paste -s -d ,)
	[ "$found" = "$2" ] || fail "-e status=$1: $found"
}
executed successful 'sh 0,sh 0,cat 0'
executed failed 'nothing -1'
executed successful,failed 'sh 0,nothing -1,sh 0,cat 0'
executed unfinished ''
executed none ''

# The format.
printf 'a\001b"' >file
run 0 -f -o lines -s 2 wc file
has lines ' read\(3, "a\\1"\.\.\., '
run 0 -f -o lines -x wc file
has lines ' read\(3, "\\x61\\x01\\x62\\x22", '
run 0 -f -o lines -xx wc file
has lines ' openat\(AT_FDCWD, "\\x66\\x69\\x6c\\x65", '
run 0 -f -o lines -X raw wc file
has lines ' openat\(-100, "file", 0\) += 3$'
run 0 -f -o lines -X verbose wc file
has lines ' openat\(-100 /\* AT_FDCWD \*/, "file", 0 /\* O_RDONLY \*/\) = 3$'
run 0 -f -o lines -y wc file
has lines ' read\(3<.*/file>, '
run 0 -f -o lines -t wc file
has lines '^[0-9]+ +[0-9]{2}:[0-9]{2}:[0-9]{2} read\('
run 0 -f -o lines -tt wc file
has lines '^[0-9]+ +[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6} read\('
run 0 -f -o lines -ttt wc file
has lines '^[0-9]+ +[0-9]{10}\.[0-9]{6} read\('
run 0 -f -o lines -r wc file
has lines '^[0-9]+ +[0-9]+\.[0-9]{6} read\('
run 0 -f -o lines -T wc file
has lines ' read\(3, .* <[0-9]+\.[0-9]{6}>$'
# time UNIT PATTERN: that unit, in each of the three.
time_of() {
	run 0 -f -o lines --absolute-timestamps="time,$1" wc file
	has lines "^[0-9]+ +[0-9]{2}:[0-9]{2}:[0-9]{2}$2 read\\("
	run 0 -f -o lines --absolute-timestamps="format:unix" \
		--absolute-timestamps="precision:$1" wc file
	has lines "^[0-9]+ +[0-9]{10}$2 read\\("
	run 0 -f -o lines --relative-timestamps="$1" wc file
	has lines "^[0-9]+ +[0-9]+$2 read\\("
	run 0 -f -o lines --syscall-times="$1" wc file
	has lines " read\\(3, .* <[0-9]+$2>\$"
}
time_of s ''
time_of ms '\.[0-9]{3}'
time_of us '\.[0-9]{6}'
time_of ns '\.[0-9]{9}'
# shellcheck disable=SC2016 # it is for the shell that is traced
run 0 -f -o lines --strings-in-hex=non-ascii-chars sh -c 'echo >"a$(printf "\\001b")"'
has lines ' "a\\x01b", O_WRONLY'
run 2 --strings-in-hex=some true
run 2 --absolute-timestamps=ps true
run 2 --decode-fds=inode true
run 0 -f -o lines -v wc file
has lines 'st_ino=[0-9]+, st_mode=S_IFREG'
run 0 -f -o lines -a 80 wc file
has lines '^.{80}= 0$'
run 0 -f -o lines -a 10 -a 80 wc file
has lines '^.{80}= 0$'
run 0 -f -o lines -qq wc file
lacks lines '\+\+\+ exited'

# Where to.
run 0 -o '|grep -c read >counted' wc file
has counted '^[1-9][0-9]*$'
run 0 -ff -o each sh -c 'cat file & wait'
[ "$(find . -name 'each.*' | wc -l)" -eq 2 ] || fail 'not two files'
for file in each.*; do
	grep -v -E '^([a-z0-9_]+\(|---|\+\+\+|<\.\.\.)' "$file" &&
		fail "$file: other lines"
	has "$file" 'exited with 0'
done

# The table.
run 1 -c -o lines cat nothing
lacks lines 'openat\('
has lines '^% time +seconds +usecs/call +calls +errors syscall$'
has lines '^ *[0-9]+\.[0-9]{2} +[0-9]+\.[0-9]{6} +[0-9]+ +[0-9]+ +[0-9]+ openat$'
has lines '^100\.00 .* total$'
run 1 -c -o lines -e trace=openat cat nothing
has lines ' openat$'
lacks lines ' (read|close|mmap)$'
run 0 -C -S name -o lines wc file
has lines '^read\(3, '
has lines ' read$'
run 1 -c -U shortest,name,errors -S error -o lines cat nothing
has lines '^shortest syscall             errors$'
has lines '^0\.[0-9]{6} openat +[0-9]+$'
lacks lines '%'
# sorted KEY OPTIONS COLUMNS: the table is, in its first column.
sorted() {
	# shellcheck disable=SC2086 # they are words
	run 0 -c -U $3 -S $1 -o lines wc file
	sed -n '/^---/,/^---/{/^---/!s/ .*//p}' lines >keys
	[ "$(wc -l <keys)" -gt 5 ] || fail "-S $1: no table"
	# shellcheck disable=SC2086
	LC_ALL=C sort -c $2 keys || fail "-S $1: not sorted"
}
sorted name '' name,calls
sorted min-time '-n -r' min-time
sorted time_max '-n -r' longest

# What the program closes is closed, for those at the other ends, too.
mkfifo pipe
{
	cat pipe
	: >seen
} >copied &
# shellcheck disable=SC2016 # the shell that is run expands it
(exec "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -o lines sh -c 'exec >&-
	for i in $(seq 200); do [ -e seen ] || sleep 0.1; done; [ -e seen ]' >pipe) ||
	fail "standard output isn't closed"
wait
timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -o /dev/stdout \
	-e trace=none sh -c 'kill -KILL $$' | cat >out
has out 'killed by SIGKILL'

# The environment.
# shellcheck disable=SC2016 # the shell that is run expands it
run 0 -f -o lines -E NEW=value -E HOME sh -c 'echo "$NEW $HOME."'
has out '^value \.$'
# It is the program's only: that is found without it.
run 0 -e trace=execve -o lines -E PATH=/nowhere env
has out '^PATH=/nowhere$'
exit "$failed"
