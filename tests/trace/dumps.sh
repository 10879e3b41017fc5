#!/bin/sh
# -e read= and -e write= dump what strace dumps, after the line of the call.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
strace -f -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}
build dumps

set -- -e read=100 -e write=101,110 -e trace=%desc,%network -s 4
strace "$@" -o "$work/theirs" "$work/dumps"
"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" "$@" -o "$work/ours" "$work/dumps"
for whose in ours theirs; do
	# From the first dump on: what comes before is the loader's.
	sed -n '/^write(101/,$p' "$work/$whose" | sed 's/0x7[ef][0-9a-f]*/ADDRESS/' \
		>"$work/$whose.dumps"
done
cmp -s "$work/theirs.dumps" "$work/ours.dumps" || {
	fail "they differ"
	diff "$work/theirs.dumps" "$work/ours.dumps" || :
}
grep -q '^ | 001f0  ' "$work/ours.dumps" || fail "there is no long dump"

"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -e read=x true 2>"$work/error" &&
	fail "read=x is taken"
grep -q "invalid descriptor 'x'" "$work/error" || {
	fail "read=x has another error"
	cat "$work/error"
}
exit "$failed"
