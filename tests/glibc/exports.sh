#!/bin/sh
# A pure glibc exports, besides what a stock one does, the names in exports.list, each
# at the version that it has there: programs, handlers and pure-start.so depend on them.
# It calls none of its own by way of the PLT, as glibc's check-localplt has it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${PURECC_BUILD:=$here/../../build}" "${PURECC_GLIBC:=$PURECC_BUILD/pure-glibc}"
libc=$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6
[ -e "$libc" ] || {
	echo "no pure glibc in $PURECC_GLIBC"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in "$libc" "$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2"; do
	nm -D --defined-only "$file" |
		sed -nE "s/^[0-9a-f]* [^ ]* (.*pure.*)/$(basename "$file") \1/p"
done | sed 's/@@*/ /' | LC_ALL=C sort >"$work/found"
grep -v '^#' "$here/exports.list" | LC_ALL=C sort | diff - "$work/found" || {
	echo "a name was removed (<) or added (>): see docs/abi.md"
	exit 1
}
readelf -rW "$libc" | awk '/JUMP_SLOT/ && /pure_/ { print $5; found = 1 }
	END { exit !found }' && {
	echo "libc.so.6 calls these by way of the PLT: see libc_hidden_proto"
	exit 1
}
exit 0
