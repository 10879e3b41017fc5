#!/bin/sh
# What is shown of memory that ends, or isn't there, is what strace shows. Where there is
# one thread, the kernel is only asked whether it is there; else it reads it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=../handlers/common.inc disable=SC1091
. "$(dirname "$0")/../handlers/common.inc"
need strace
cd "$work"
"${CC:-cc}" -O1 -g -Wall -Wextra -pthread "$root/tests/trace/memory.c" -o memory
pure_trace=$PURECC_BUILD/pure-trace

# lines FILE: those of the program, in which the same addresses have the same number.
lines() {
	sed 's/^[0-9]* *//; /resumed/d; /unfinished/d' "$1" | awk '{
		while (match($0, /0x7[ef][0-9a-f]+/)) {
			address = substr($0, RSTART, RLENGTH - 3)
			if (!(address in known))
				known[address] = ++count
			$0 = substr($0, 1, RSTART - 1) "PAGE" known[address] "+" \
				substr($0, RSTART + RLENGTH - 3)
		}
		print
	}'
}
set -- -f -s 8 -e trace=chdir,nanosleep,utimensat,writev
strace "$@" -o theirs.raw ./memory
"$pure_trace" --glibc "$PURECC_GLIBC" "$@" -o ours.raw ./memory
lines theirs.raw >theirs.out
lines ours.raw >ours.out
same 'lines' theirs ours
[ "$(grep -c '^chdir(' ours.out)" -ge 22 ] || fail 'few lines'

# reads PROGRAM...: how often memory is read by the kernel.
reads() {
	strace -f -o calls -e trace=process_vm_readv "$pure_trace" \
		--glibc "$PURECC_GLIBC" -o lines "$@" >printed 2>&1
	grep -c 'process_vm_readv(.* = [1-9]' calls || :
}
[ "$(reads cat /dev/null)" -le 1 ] || fail "one thread: $(reads cat /dev/null) reads"
[ "$(reads ./memory)" -ge 10 ] || fail "two threads: $(reads ./memory) reads"
exit "$failed"
