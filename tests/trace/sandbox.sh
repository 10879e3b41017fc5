#!/bin/sh
# A program that sandboxes itself ends as natively: trace says that it falls
# silent, and makes no call of its own then.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build sandbox

# sandbox WAY SILENT: as natively; SILENT is what falls silent, or nothing.
sandbox() {
	outcome native "$work/sandbox" "$1"
	! grep -q '^exit status 77$' "$work/native.out" || {
		cat "$work/native.err"
		exit 77
	}
	outcome traced traced "$work/lines" "$work/sandbox" "$1"
	cmp -s "$work/native.out" "$work/traced.out" || {
		fail "$how $1: another outcome"
		diff "$work/native.out" "$work/traced.out" || :
		cat "$work/traced.err"
		tail -n 3 "$work/lines"
	}
	if [ -n "$2" ]; then
		grep -q "trace: silent .*: the $2 sandboxes itself\$" \
			"$work/lines" || fail "$how $1: nothing says so"
	else
		! grep -q 'trace: silent' "$work/lines" ||
			fail "$how $1: trace is silent"
	fi
	if [ "$2" = process ]; then
		tail -n 1 "$work/lines" | grep -q 'trace: silent' ||
			fail "$how $1: there are lines afterwards"
	fi
}

for how in '' --same-namespace; do
	sandbox strict process
	sandbox strict-by-seccomp process
	sandbox by-prctl process
	sandbox by-seccomp process
	sandbox killed process
	sandbox forks process
	sandbox all-threads process
	sandbox signals process
	sandbox actions process

	# The other threads' lines go on, and those of threads that they start.
	sandbox in-thread thread
	sed -n '/trace: silent/,$p' "$work/lines" >"$work/rest"
	[ "$(grep -c ' write(1, ' "$work/rest")" -eq 2 ] ||
		fail "$how in-thread: not both of the writes of free threads"
	grep -q ' getppid()  *= ' "$work/rest" || fail "$how in-thread: no getppid"
	[ -n "$how" ] || grep -q ' openat(AT_FDCWD, "/.*libc' "$work/lines" ||
		fail "no paths"
	grep -q ' exit_group(9)  *= ?' "$work/rest" || fail "$how in-thread: no exit_group"

	# One that fails goes on; what is only to see what the kernel has isn't announced.
	outcome native "$work/sandbox" fails
	outcome traced traced "$work/lines" "$work/sandbox" fails
	cmp "$work/native.out" "$work/traced.out" || fail "$how fails: another outcome"
	[ "$(grep -c 'trace: silent' "$work/lines")" -eq 2 ] ||
		fail "$how fails: not announced twice"
	sed -n '/trace: silent/,$p' "$work/lines" >"$work/rest"
	grep -q ' seccomp(.* = -1 EINVAL ' "$work/rest" || fail "$how fails: no result"
	grep -q ' getppid()  *= ' "$work/rest" || fail "$how fails: no getppid"
done
exit "$failed"
