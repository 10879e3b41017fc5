#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The sites of real files are those that objdump shows, one by one.
set -eu
. "$(dirname "$0")/cases.inc"

command -v objdump >/dev/null || skip "no objdump"

# by_objdump FILE, by_audit FILE: addresses
by_objdump() {
	# shellcheck disable=SC2016 # a dollar sign is one
	objdump -d --no-show-raw-insn "$1" |
		sed -n 's/^ *\([0-9a-f]*\):\t\(syscall\|sysenter\|int *\$0x80\).*/0x\1/p'
}

by_audit() {
	"$audit" --json "$1" | grep -o '"address":"0x[0-9a-f]*"' |
		cut -d'"' -f4
}

compared=0
for name in libc.so.6 ld-linux-x86-64.so.2 libm.so.6 libstdc++.so.6 \
	libasan.so libc_nonshared.a; do
	file=$("$CC" -print-file-name="$name")
	[ -f "$file" ] || continue
	case $file in *.a) continue ;; esac
	by_objdump "$file" >objdump.out
	by_audit "$file" >audit.out
	cmp -s objdump.out audit.out ||
		fail "$file:" "$(diff objdump.out audit.out)"
	compared=$((compared + 1))
done
[ $compared -gt 0 ] || skip "no libraries to compare"

# Nothing in a stock libc is recorded, and exactly one site is to be so.
libc=$("$CC" -print-file-name=libc.so.6)
if [ -f "$libc" ] && ! readelf -SW "$libc" | grep -q purecc_sites; then
	total=$(by_objdump "$libc" | wc -l)
	"$audit" "$libc" >out && fail "$libc: exit status 0"
	grep -q "$total sites: 1 native by design, $((total - 1)) raw" out ||
		fail "$(tail -n 2 out)"
fi

finish
