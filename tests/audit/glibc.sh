#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Nothing in the pure glibc is raw: not in its libraries, programs, archives,
# and not when they are stripped. Native by design is __restore_rt alone.
set -eu
. "$(dirname "$0")/cases.inc"

glibc=${PURECC_GLIBC:-$PURECC_BUILD/pure-glibc}
[ -f "$glibc/lib64/ld-linux-x86-64.so.2" ] || skip "no pure glibc in $glibc"
libc=$glibc/lib/x86_64-linux-gnu/libc.so.6

"$audit" --list "$glibc" >list || fail "exit status $?:" "$(grep ': raw' list)"
grep ': native by design: ' list | grep -v '<__restore_rt+0x' &&
	fail "native by design is more than __restore_rt"
for file in "$libc" "$glibc/lib64/ld-linux-x86-64.so.2" \
	"$glibc/usr/lib/x86_64-linux-gnu/libc.a" "$glibc/sbin/ldconfig"; do
	[ ! -f "$file" ] || grep -q -F "$file: " list ||
		fail "$file is not in the list"
done
# More than a gateway: what the plugin has guarded is there.
grep -F "$libc: " list | grep -c ': guarded$' >count || :
[ "$(cat count)" -gt 100 ] || fail "$libc has $(cat count) guarded sites"

for file in "$libc" "$glibc/lib64/ld-linux-x86-64.so.2" \
	"$glibc/sbin/ldconfig" "$glibc/sbin/sln"; do
	[ -f "$file" ] || continue
	strip --keep-section=purecc_sites "$file" -o stripped
	"$audit" stripped >out || fail "$file, stripped:" "$(cat out)"
done

finish
