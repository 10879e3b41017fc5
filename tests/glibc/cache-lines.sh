#!/bin/sh
# Threads that make diverted calls write to no cache line in common, so that they
# don't wait for each other: without a handler, with an isolated one that passes
# all on, and with one in the program's namespace.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -fplugin="$PURECC_BUILD/purecc.so" -O2 -Wall -Wextra -pthread \
	-I"$root/include" "$root/tests/glibc/cache-lines.c" \
	-o "$work/cache-lines" \
	"$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6" \
	"$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2" -lZydis
echo "no handler"
"$pure_run" --glibc "$PURECC_GLIBC" -- "$work/cache-lines"
echo "isolated"
"$pure_run" --glibc "$PURECC_GLIBC" --handler "$PURECC_BUILD/handlers/pass.so" \
	-- "$work/cache-lines" handler
echo "same namespace"
"$pure_run" --glibc "$PURECC_GLIBC" -- "$work/cache-lines" same
