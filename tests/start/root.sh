#!/bin/sh
# Where the system's own C library is the pure one, its ld.so finds each program's
# handlers in /etc/purecc/handlers.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# Such a root is this one, in a mount namespace of its own.
# shellcheck source=../overlay.inc
. "$(dirname "$0")/../overlay.inc"
own_mounts
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_same_version
overlay /usr /etc
libraries=lib/x86_64-linux-gnu
mkdir -p /etc/purecc /usr/lib/pure-root
ln -s "$PURECC_BUILD/handlers" /usr/lib/pure-root/handlers
find "$PURECC_GLIBC/$libraries" -name '*.so*' -type f \
	-exec cp -f -t /usr/$libraries "$PURECC_GLIBC/$loader" {} +
file=/etc/purecc/handlers

# handlers LINE...: what is read from now on.  All of it is about programs in $work.
handlers() {
	printf '%s\n' "$@" >$file
	rm -f calls below
}

# runs EXPECTED COMMAND...
runs() {
	expected=$1 status=0
	shift
	"$@" >out 2>&1 </dev/null || status=$?
	[ "$status $(cat out)" = "0 $expected" ] ||
		fail "$*: $status: $(cat out)"
}

# refused MESSAGE COMMAND...: it isn't run.
refused() {
	expected=$1 status=0
	shift
	"$@" >out 2>&1 </dev/null || status=$?
	: >$file
	[ "$status $(cat out)" = "127 $expected: the program isn't run" ] ||
		fail "$*: $status: $(cat out)"
}

# seen TEXT FILE: the lines in FILE of what programs have printed.
seen() {
	[ "$(sed -n 's/.* write(1, "\([a-z]*\).*/\1/p' "$2" 2>&1)" = "$1" ] ||
		fail "$2, expected: $1: $(cat "$2" 2>&1)"
}

for name in cat echo env; do
	cp "/bin/$name" .
done
cp echo 'a b'
cat >program.c <<'EOF'
#include <stdio.h>
#include <unistd.h>

/* program [PROGRAM]  */
int main(int argc, char **argv)
{
	printf("program\n");
	fflush(stdout);
	if (argc > 1)
		execv(argv[1], argv + 1);
	return 0;
}
EOF
"$CC" -O2 program.c -o program

# Nothing is changed.
runs here ./echo here

# The first line that is for the program counts.
handlers '# A comment, and an empty line.' '' \
	"	$work/e?ho	trace	output=$work/calls # another" \
	"$work/prog* -" \
	"*/program output=$work/calls" \
	"$work/a\\ b trace output=$work/a\\ c"
runs here ./echo here
seen here calls
runs program ./program
seen here calls
runs here './a b' here
seen here 'a c'

# One over the other, and in what is executed.
handlers "$work/[ trace output=$work/a\\ c" \
	"$work/* trace output=$work/calls -- trace output=$work/below"
runs 'program
program
here' ./program ./program ./echo here
seen 'program
program
here' calls
seen 'program
program
here' below
grep -q "openat(.*$work/calls\", O_WRONLY" below || fail "below: $(cat below)"
! grep -q 'not followed\|execve(.*execve(' calls || fail "$(cat calls)"
rm calls
runs 'here
program' sh -c './echo here; exec ./program'
seen 'here
program' calls

# Programs that execute one another share nothing, and nothing is left.
handlers "$work/program count output=$work/table-1" "$work/echo count output=$work/table-2"
runs 'program
here' sh -c './program & wait; ./echo here'
for table in table-1 table-2; do
	grep -q 'write$' $table || fail "$table: $(cat $table)"
done
! ls /dev/shm/purecc-*-0 2>/dev/null || fail "they are left"
handlers "$work/* trace output=$work/calls"

# The program sees nothing of it.
runs 'A=1
LD_AUDIT=
B=2' /usr/bin/env -i A=1 LD_AUDIT= B=2 ./env

# Where the kernel doesn't say which file it is.
handlers "$work/./program trace output=$work/calls"
runs program unshare --mount sh -c 'mount -t tmpfs tmpfs /proc; ./program'
seen program calls

# An option that is given several times.
handlers "*/cat redirect map=$work/a=$work/one map=$work/b=$work/two"
echo 1 >one
echo 2 >two
runs '1
2' ./cat "$work/a" "$work/b"

# A pure-run has its own.  ld.so as a command has none, nor has a privileged program.
handlers "$work/* trace output=$work/calls"
runs here "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" --quiet --handler trace \
	-o "$work/below" -- ./echo here
seen here below
runs here /$loader ./echo here
cp echo privileged
if chown 65534 privileged 2>/dev/null && chmod u+s privileged; then
	runs here ./privileged here
fi
[ ! -e calls ] || fail "$(cat calls)"

# What is wrong is said, and keeps no other program from running.
# wrong MESSAGE LINE
wrong() {
	handlers '# 1' "*/echo $2"
	runs program ./program
	refused "$file:2: $1" ./echo here
}
many='pass'
for _ in 2 3 4 5 6 7 8 9 10 11 12; do
	many="$many -- pass"
done
handlers "*/echo $many"
runs here ./echo here
wrong "\`$work/echo' has no handler" '# none'
wrong "\`-' can't be a handler's" '- trace'
wrong "\`--' has no handler after it" 'pass --'
wrong "\`--' can't be a handler's" 'pass -- --'
wrong "\`x' is no KEY=VALUE" 'trace x'
wrong "\`=x' is no KEY=VALUE" 'trace =x'
wrong "\`./a' is neither a handler's name nor an absolute path" './a'
wrong "\`a:b' can't be a handler's" 'a:b'
wrong "\`pure' is one handler too many" "$many -- pure"

handlers '*/echo /nonexistent.so'
refused "ERROR: ld.so: object '/nonexistent.so' cannot be loaded as audit interface: cannot open shared object file; ignored.
$file:1: the handler can't be loaded" ./echo here

# From here on no program runs until the file is another.
large=$(head -c 65535 /dev/zero | tr '\0' '#')
handlers "$large"
runs here ./echo here
printf '%s' "$large##" >$file
refused "$file: it has more than 64 KiB" ./echo here
printf '*/echo pass\0\n' >$file
refused "$file: there is a NUL in it, it is no text" ./echo here

[ "$failed" = 0 ]
