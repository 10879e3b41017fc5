#!/bin/sh
# The descriptor that the lines go to is none of the program's: not in what /proc
# lists, not to be used by number or name, and not one fewer to open.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck disable=SC3045 # what sh is has these limits
set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build descriptor

# compare WHAT: as natively, and the trace is whole.
compare() {
	outcome native "$work/descriptor"
	! grep -q '^exit status 77$' "$work/native.out" || exit 77
	outcome traced traced "$work/lines" "$work/descriptor"
	cmp -s "$work/native.out" "$work/traced.out" || {
		fail "$how $1: another outcome"
		diff "$work/native.out" "$work/traced.out" || :
	}
	# Nothing was written into it, and nothing truncated it.
	grep -v -e '^[0-9]*  *[a-z_0-9]*(.*)  *= [-?0-9a-fx]*\( .*\)\{0,1\}$' \
		-e '^[0-9]*  *+++ exited with 3 +++$' "$work/lines" &&
		fail "$how $1: other lines"
	tail -n 2 "$work/lines" | grep -q ' exit_group(3)  *= ?$' ||
		fail "$how $1: the end is missing"
	[ "$(grep -c ' close_range(' "$work/lines")" -eq 2 ] ||
		fail "$how $1: lines are missing"
	[ -n "$how" ] || grep -q ' openat(AT_FDCWD, "/.*libc' "$work/lines" ||
		fail "$1: the beginning is missing"
}

for how in '' --same-namespace; do
	for limit in 64 256 1024; do
		(
			ulimit -Sn "$limit" || exit 77
			compare "limit $limit"
			exit "$failed"
		) || failed=1
	done
	# Only who may raise it has a number above it.
	(
		ulimit -n 100
		ulimit -n 200
	) 2>"$work/raised" && (
		ulimit -n 100
		compare "hard limit"
		exit "$failed"
	) || [ -s "$work/raised" ] || failed=1
done
exit "$failed"
