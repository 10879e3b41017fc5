#!/bin/sh
# The calls that the vDSO answers: with a handler set they reach it, and with
# none they don't enter the kernel.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
need strace

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -O2 "$root/tests/glibc/clocks.c" -o "$work/clocks"

run "$work/clocks" handler >"$work/seen" || :
cat >"$work/expected" <<'EOF'
good 1
clock_gettime 2
clock_getres 1
gettimeofday 1
time 1
getcpu 2
EOF
diff -u "$work/expected" "$work/seen"

strace -o /dev/null true || {
	echo "strace can't be used here"
	exit 77
}
strace -f -o "$work/strace" "$pure_run" --glibc "$PURECC_GLIBC" -- \
	"$work/clocks" >/dev/null
# The clock that doesn't exist is the kernel's to refuse.
if grep -E '^[0-9]+ +(clock_get[a-z]*|gettimeofday|time|getcpu)\(' "$work/strace" |
	grep -v 0x3039; then
	echo "with no handler these entered the kernel"
	exit 1
fi
