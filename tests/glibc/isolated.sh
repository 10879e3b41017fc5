#!/bin/sh
# An isolated handler is in place before the program's libraries are mapped,
# may use all of a C library of its own, and its own calls don't come back to
# it; the loader's later calls reach it as well.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -O2 -shared -fPIC -I"$root/include" \
	"$root/tests/glibc/first-calls.c" -o "$work/first-calls.so"
cat >"$work/prog.c" <<'EOF'
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
int main (void)
{
  errno = 0;
  int r = close (-1);
  printf ("hello %d %d\n", r, errno == EBADF);
  return dlopen ("libm.so.6", RTLD_NOW) ? 3 : 4;
}
EOF
"${CC:-cc}" "$work/prog.c" -o "$work/prog"

# check WAY OPTION EXPECTED-ISOLATED
check() {
	status=0
	# shellcheck disable=SC2086
	"$pure_run" --glibc "$PURECC_GLIBC" $2 --handler "$work/first-calls.so" -- \
		"$work/prog" 9>"$work/calls" >"$work/out" || status=$?
	[ "$status" -eq 3 ] || { echo "$1: exit status $status"; exit 1; }
	grep -q '^hello -1 1$' "$work/out" || { cat "$work/out"; exit 1; }
	# 257 openat, 1 write, 231 exit_group, 3 close.
	for call in '257 .*/libm\.so\.6' '1 ' '231 ' '3 '; do
		grep -q "^$call" "$work/calls" || {
			echo "$1: not seen: $call"
			cat "$work/calls"
			exit 1
		}
	done
	# The program writes once; what the handler writes must not be among
	# what it sees.
	[ "$(grep -c '^1 ' "$work/calls")" -eq 1 ] || {
		echo "$1: the handler saw its own calls"
		exit 1
	}
	if grep -v "isolated=$3\$" "$work/calls"; then
		echo "$1: pure_isolated is wrong"
		exit 1
	fi
}

check isolated '' 1
grep -q '^257 .*/libc\.so\.6' "$work/calls" || {
	echo "the mapping of libc.so.6 was not seen"
	exit 1
}

# The handler's own C library needs the loader, which is there: nobody looks for it.
LD_DEBUG=libs "$pure_run" --glibc "$PURECC_GLIBC" \
	--handler "$work/first-calls.so" -- "$work/prog" \
	9>/dev/null >/dev/null 2>"$work/looked-for" || :
if grep 'trying file=.*/ld-linux-x86-64.so.2' "$work/looked-for"; then
	echo "the loader was looked for"
	exit 1
fi
grep -q "calling init: $work/first-calls.so" "$work/looked-for"
