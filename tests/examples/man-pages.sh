#!/bin/sh
# The handlers in the man pages compile as they stand there, and a program runs
# under them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# example PAGE: the example in it, with what roff needs taken away.
example() {
	sed -n '/^\.EX$/,/^\.EE$/ { /^\./d; s/\\-/-/g; p }' "$root/man/$1"
}

for page in pure_native_syscall.3 pure_pass.3; do
	example "$page" >"$work/$page.c"
	"${CC:-cc}" -O2 -Wall -Werror -shared -fPIC -I"$root/include" \
		"$work/$page.c" -o "$work/$page.so"
	output=$("$pure_run" --glibc "$PURECC_GLIBC" \
		--handler "$work/$page.so" -- echo "$page")
	[ "$output" = "$page" ] || {
		echo "under the handler of $page: $output"
		exit 1
	}
done

# And the second does what it is for.
: >"$work/kept"
if "$pure_run" --glibc "$PURECC_GLIBC" --handler "$work/pure_pass.3.so" -- \
	rm "$work/kept" 2>/dev/null; then
	echo "a file was removed under the handler of pure_pass.3"
	exit 1
fi
[ -e "$work/kept" ]
