#!/bin/sh
# The table of calls: names and numbers are the kernel headers'; each argument's size is
# another argument; what is written by hand is in the headers, or newer.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build table

"$work/table" >"$work/lines" || fail "table"
echo '#include <asm/unistd.h>' | "${CC:-cc}" -E -dM - |
	sed -n 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/\2 \1/p' |
	sort -n >"$work/headers"
cut -d ' ' -f 1,2 "$work/lines" >"$work/names"
# Those of libseccomp may be more.
grep -v -x -F -f "$work/names" "$work/headers" && fail "calls of the headers are missing"
[ "$(wc -l <"$work/names")" -ge 360 ] || fail "there are few calls"

# is NAME TEXT: what the table has.
is() {
	grep -q -x "[0-9]* $1 $2" "$work/lines" ||
		fail "$1: $(grep " $1 " "$work/lines"), not $2"
}
is openat 'desc file: fd = dirfd path flags.open mode.open'
is read 'desc: waits number = fd out.bytes@3 ulong'
is mmap 'desc memory: addr = address ulong flags.prot flags.mmapflags fd offset'
is pipe2 'desc: number = out.fds flags.open'
is clock_gettime 'clock: number = one.clock out.timespec'
is getppid 'pure: number ='
is exit_group 'process: never = int'
is execve 'file process: exec = path in.argv in.envp'
is preadv2 'desc: waits number = fd out.iovec@3 ulong offset skip flags.rwf'
exit "$failed"
