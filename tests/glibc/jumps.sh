#!/bin/sh
# No jump is taken on the way to the kernel: none leads to a guarded instruction of
# libc.so, and before each there are only those that leave when the pointer is set. And
# none is taken, up to the return, by a handler that ends in pure_pass, where the
# processor knows where functions return to.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
libc=$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6

"$PURECC_BUILD/pure-audit" --list "$libc" >"$work/sites"
sed -n 's/.*: 0x\([0-9a-f]*\) <.*>: guarded$/\1/p' "$work/sites" >"$work/guarded"
[ "$(wc -l <"$work/guarded")" -gt 100 ] || {
	cat "$work/sites"
	echo "there are too few guarded sites"
	exit 1
}
objdump -d --no-show-raw-insn "$libc" >"$work/code"

awk -v guarded="$work/guarded" '
	BEGIN { while ((getline < guarded) > 0) site[$1] = 1 }
	{ address = $1; sub(/:$/, "", address) }
	$2 ~ /^(j|loop)/ && $3 in site { print; bad = 1 }
	# Nothing that is skipped stands right before.
	address in site && last ~ /^(jmp|je|ret|call)/ { print; bad = 1 }
	$2 != "" { last = $2 }
	END { exit bad }' "$work/code" || {
	echo "to these instructions control comes by a jump"
	exit 1
}

# "jae" is for numbers that no call has.
awk '
	/^[0-9a-f]+ <__pure_pass>:$/ { on = 1; next }
	on && $2 == "syscall" { kernel = 1 }
	on && $2 == "ret" { found = kernel; exit }
	on && $2 ~ /^(j|call|loop)/ && $2 !~ /^(jne|jae)$/ { print; exit }
	END { exit !found }' "$work/code" || {
	echo "pure_pass takes a jump"
	exit 1
}
