#!/bin/sh
# Random bytes: with a handler set, each request reaches it, and is answered as
# without one, although glibc may ask the vDSO, and takes what that says as
# final.  With none set no more requests enter the kernel than on the system's
# glibc of the same version; and with one that passes them on no more than with none.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -O2 -Wall -pthread "$root/tests/glibc/random.c" -o "$work/random"

run "$work/random"
run "$work/random" handler

# From before the program's C library has started.
for way in '' --same-namespace; do
	# shellcheck disable=SC2086 # none or one
	"$pure_run" --glibc "$PURECC_GLIBC" --handler trace -o "$work/trace" \
		$way -- "$work/random"
	seen=$(grep -c -w getrandom "$work/trace" || true)
	[ "$seen" -ge 36 ] || {
		echo "the trace handler ${way:-isolated} saw only $seen requests"
		exit 1
	}
done

# entered FILE: how many requests the kernel saw, by strace's output.
entered() {
	grep -c -E '^[0-9]+ +getrandom\(' "$1" || true
}
strace -o /dev/null true 2>/dev/null || exit 0
# One more: pure-run's own malloc asks too.
strace -f -o "$work/pure" "$pure_run" --glibc "$PURECC_GLIBC" -- "$work/random"
for way in '' --same-namespace; do
	# shellcheck disable=SC2086 # none or one
	strace -f -o "$work/passed" "$pure_run" --glibc "$PURECC_GLIBC" \
		--handler pass $way -- "$work/random"
	[ "$(entered "$work/passed")" -le "$(($(entered "$work/pure") + 1))" ] || {
		echo "the kernel saw $(entered "$work/passed") requests that the" \
			"handler pass ${way:-isolated} got, and" \
			"$(entered "$work/pure") without it"
		exit 1
	}
done
same=$("$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2" --version | head -n 1 |
	grep -o '[0-9][0-9.]*[0-9]' | tail -n 1)
[ "$(getconf GNU_LIBC_VERSION)" = "glibc $same" ] || exit 0
strace -f -o "$work/system" "$work/random"
[ "$(entered "$work/pure")" -le "$(($(entered "$work/system") + 1))" ] || {
	echo "the kernel saw $(entered "$work/pure") requests, and" \
		"$(entered "$work/system") on the system's glibc"
	exit 1
}
