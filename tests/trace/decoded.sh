#!/bin/sh
# Of the calls that programs make, all arguments are shown by what they are: of at least
# 130, counted over the tests' programs and some of Debian's.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
for program in calls settings netlink dumps descriptor; do
	build "$program" -Wno-unused-result -Wno-nonnull
done
"${CC:-cc}" -O2 -I"$root/include" "$root/tests/kit/table.c" -L"$PURECC_BUILD" \
	-lpurehandler -o "$work/table"
mkdir "$work/files"
cd "$work/files"

# The table's calls that have an argument which is shown as a number in hexadecimal
# though it is something else: "hex", and addresses where something is.
"$work/table" | sed -n 's/^[0-9]* \([a-z0-9_]*\) .* = .*\(hex\|address\).*/\1/p' |
	sort >"$work/numbers"
# Those where that is all that there is to show: an address, or flags without names.
sort >"$work/addresses" <<'END'
arch_prctl
brk
copy_file_range
futex
futex_waitv
get_mempolicy
get_robust_list
getcpu
io_cancel
io_destroy
io_getevents
io_pgetevents
io_submit
madvise
map_shadow_stack
mbind
migrate_pages
mincore
mlock
mlock2
mmap
move_pages
mprotect
mremap
msync
munlock
munmap
pkey_mprotect
process_madvise
remap_file_pages
rseq
set_robust_list
set_tid_address
shmat
shmdt
END
comm -23 "$work/numbers" "$work/addresses" >"$work/undecoded"

while read -r command; do
	# shellcheck disable=SC2086 # they are words
	traced "$work/trace" $command >/dev/null 2>&1 </dev/null || :
	[ ! -e "$work/trace" ] || cat "$work/trace" >>"$work/lines"
done <<END
$work/calls
$work/settings $$
$work/netlink
$work/dumps
$work/descriptor
/bin/ls -l /etc
/bin/cp -a /etc/hostname copy
/bin/df
/bin/tar cf archive /etc/hostname
/usr/bin/sort -o sorted /etc/passwd
/usr/bin/python3 -c import\ subprocess,socket,threading;subprocess.run("/bin/true")
/usr/bin/perl -e print(6*7)
/bin/bash -c /bin/true;umask;ulimit
/usr/sbin/ip addr
/usr/bin/nice -n 1 /bin/true
/usr/bin/touch copy
/usr/bin/timeout 1 /bin/true
END
sed -n 's/^\(\[pid *\)\{0,1\}[0-9]*\]\{0,1\} *\([a-z][a-z0-9_]*\)(.*/\2/p' "$work/lines" |
	sort -u >"$work/made"
comm -12 "$work/made" "$work/undecoded" >"$work/not"
made=$(wc -l <"$work/made") not=$(wc -l <"$work/not")
echo "$made calls are made, $((made - not)) of them are decoded; not: $(xargs <"$work/not")"
[ "$((made - not))" -ge 130 ] || fail "fewer than 130"
exit "$failed"
