#!/bin/sh
# What a handler keeps it has in all that is executed, and nobody else: memory, by its
# descriptor.  It can say what isn't followed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

"$CC" -O2 -g -Wall -Wextra -Wno-unused-result -fPIC -shared -I"$root/include" \
	"-DSAID=\"$work/said\"" "$directory/keep-handler.c" -o handler.so
cat >program.c <<'EOF'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* program [PROGRAM]: after an execve that fails.  */
int main(int argc, char **argv)
{
	execve("/nonexistent", argv, environ);
	printf("%s %d %d\n", argv[0], fcntl(8, F_GETFD), fcntl(9, F_GETFD));
	fflush(stdout);
	if (argc > 1)
		execve(argv[1], argv + 1, environ);
	return 3;
}
EOF
"$CC" -O2 program.c -o program
"$CC" -O2 -static program.c -o static

# try EXPECTED SAID OPTION... -- PROGRAM...
try() {
	expected=$1 expected_said=$2
	shift 2
	: >said
	status=0
	"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" --quiet --handler ./handler.so \
		"$@" >out 2>&1 </dev/null || status=$?
	[ "$(cat out)" = "$expected" ] || fail "$*: $(cat out)"
	[ "$(paste -sd, said)" = "$expected_said" ] || fail "$*: $(paste -sd, said)"
}

for option in --quiet --same-namespace; do
	try './program 1 -1' 'instance 1' $option -- ./program
	try './program 1 -1
./program 1 -1
./program 1 -1' 'instance 1,instance 2,instance 3' $option -- \
		./program ./program ./program
	try './program 1 -1
in
./program 1 -1' 'instance 1,instance 2,instance 3,instance 4' $option -- \
		sh -c './program; sh -c "echo in"; exec ./program'
	# Another file has the number.
	try './program 1 -1' 'instance 1,instance 1' $option -- \
		sh -c 'exec 8>&- 8>other; exec ./program 8>&-'
	# A program that isn't followed doesn't have it.
	try './program 1 -1
./static -1 -1
./program 1 -1' 'instance 1,it is statically linked 0,instance 1' $option -- \
		./program ./static ./program
	try './program 1 -1
./program -1 -1' 'ENOSYS 1,pure-run was given --no-follow 0,pure-run was given --no-follow 0' \
		$option --no-follow -- ./program ./program
done

# traced PROGRAM...: by pure-run's trace, or pure-trace; its lines are in calls.
traced() {
	rm -f calls
	case $way in
	pure-trace) set -- "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o calls "$@" ;;
	*) set -- "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" --quiet "$way" \
		--handler trace -o calls -- "$@" ;;
	esac
	"$@" >out 2>err </dev/null || :
}
# no_others: each line is one of strace's; long ones are cut in the program's namespace.
no_others() {
	! grep -v -E -e '^[0-9]+ +([a-z0-9_]+\(|<\.\.\. [a-z0-9_]+ resumed>|---|\+\+\+).*' calls ||
		fail "$way: lines that begin otherwise"
	[ "$way" = --same-namespace ] ||
		! grep -v -E '(= (-?[0-9]+|\?|0x[0-9a-f]+)( .*)?|---|\+\+\+|<unfinished \.\.\.>)$' calls ||
		fail "$way: lines that end otherwise"
}

# What is executed has the lines' descriptor where it may not open the file, and what
# isn't followed has a line.
for way in --quiet --same-namespace pure-trace; do
	traced sh -c './static; exec ./program'
	grep -q '^[0-9]* *+++ not followed: it is statically linked +++$' calls ||
		fail "$way: trace doesn't say that a program isn't followed"
	grep -q 'execve("/nonexistent"' calls || fail "$way: no lines"
	[ "$(grep -c 'not followed' calls)" = 1 ] || fail "$way: what is followed has a line"
	no_others
	if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
		chmod 700 .
		traced setpriv --reuid 65534 --regid 65534 --clear-groups /bin/echo in
		chmod 755 .
		[ "$(cat out)" = in ] || fail "$way: another user: $(cat out err)"
		grep -q 'write(1, .*, 3) *= 3' calls || fail "$way: no lines of another user's"
		no_others
	fi
done
way=--no-follow
traced ./program ./program
grep -q '+++ not followed: pure-run was given --no-follow +++$' calls ||
	fail "$way: trace doesn't say so"
exit "$failed"
