#!/bin/sh
# libpurecc.so exports what purecc.h declares and what a guard needs, and
# nothing else: the names of debian/libpurecc0.symbols, which has them for programs
# that are linked with it. docs/abi.md says what may change there, and when.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: exports.sh BUILD

set -eu
list=$(dirname "$0")/../../debian/libpurecc0.symbols
soname=$(sed -n '1s/ .*//p' "$list")
readelf -d "$1/libpurecc.so" | grep -qF "Library soname: [$soname]" || {
	echo "libpurecc.so isn't called $soname"
	exit 1
}
expected=$(sed -n 's/^ \([^@]*\)@.*/\1/p' "$list" | LC_ALL=C sort)
found=$(nm -D --defined-only "$1/libpurecc.so" | awk '{ print $3 }' | LC_ALL=C sort)
if [ "$found" != "$expected" ]; then
	echo "libpurecc.so exports:"
	echo "$found"
	exit 1
fi

# Programs have copies of the pointer: it is as large as ever, and has two names.
kinds=$(nm -D -S --defined-only "$1/libpurecc.so" |
	awk '$3 == "T" { next } { print $4, $3, $2 + 0 }' | LC_ALL=C sort | tr '\n' ,)
[ "$kinds" = '__pure_syscall B 8,pure_syscall V 8,' ] || {
	echo "what isn't a function is exported otherwise: $kinds"
	exit 1
}

# interface.c has the types of those that purecc.h declares.
for name in $(echo "$expected" | grep -v '^__pure_\(guard[0-6]\|site\|thunk\)$'); do
	grep -qw "$name" "$(dirname "$0")/interface.c" || {
		echo "interface.c doesn't declare $name"
		exit 1
	}
done
