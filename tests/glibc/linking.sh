#!/bin/sh
# Programs that are linked with the pure glibc itself: the pointer is one and
# the same in PIE, non-PIE (copy relocation), static and static-pie programs,
# and behaves there as libpurecc's does.  These are the runtime's own tests.  And a
# static program may have functions of its own by all names that ISO C leaves to it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lib=$PURECC_GLIBC/usr/lib/x86_64-linux-gnu
slib=$PURECC_GLIBC/lib/x86_64-linux-gnu
failed=

# try NAME WAY FLAGS...: compile, link and run one test.
try() {
	name=$1
	way=$2
	shift 2
	case $way in
	static*) libraries="-L$lib" ;;
	*) libraries="$slib/libc.so.6 $PURECC_GLIBC/lib64/ld-linux-x86-64.so.2" ;;
	esac
	# The words of $libraries are paths without spaces.
	# shellcheck disable=SC2086
	"${CC:-cc}" -fplugin="$PURECC_BUILD/purecc.so" -I"$root/include" \
		-pthread "$root/tests/runtime/$name.c" -o "$work/$name" "$@" \
		$libraries || {
		failed=yes
		return
	}
	case $way in
	static*) "$work/$name" ;;
	*) run "$work/$name" ;;
	esac || {
		echo "$name, $way: exit $?"
		failed=yes
	}
}

for source in "$root"/tests/runtime/*.c; do
	name=$(basename "$source" .c)
	try "$name" pie -O2 -fPIE -pie
	try "$name" no-pie -O2 -fno-pie -no-pie
	[ ! -e "$lib/libc.a" ] || {
		try "$name" static -O2 -fno-pie -static -DSTATIC
		try "$name" static-pie -O2 -fPIE -static-pie -DSTATIC
	}
done

cat >"$work/own-names.c" <<'EOF'
#include <stdio.h>

int calls;
long syscall (long a) { calls++; return a; }
long pure_syscall (long a) { calls++; return a; }
long gettid (void) { calls++; return 0; }

int
main (void)
{
  printf ("%d\n", calls);
  return fflush (stdout) != 0 || calls != 0 || syscall (0) != 0;
}
EOF
[ ! -e "$lib/libc.a" ] || {
	if ! "${CC:-cc}" -std=c11 -static "$work/own-names.c" -o "$work/own-names" \
		"-L$lib" || [ "$("$work/own-names")" != 0 ]; then
		echo "own-names: a static program's own functions are called, or clash"
		failed=yes
	fi
}
[ -z "$failed" ]
