#!/bin/sh
# A program that has libpurecc runs on the pure glibc too: there is one pointer,
# one in-handler mark and one thunk.  These are the runtime's own tests, as they
# were linked for the system's glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=
for source in "$root"/tests/runtime/*.c "$root"/tests/runtime/*.cc; do
	for way in pie no-pie; do
		program=$work/$(basename "$source")-$way
		"$root/tests/runtime/run-case" --build-only "$source" $way \
			"$program"
		run "$program" || {
			[ $? -eq 77 ] && continue
			echo "$(basename "$program"): failed"
			failed=yes
		}
	done
done
[ -z "$failed" ]
