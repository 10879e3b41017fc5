#!/bin/sh
# --decode-fds shows of descriptors what strace shows, kind by kind.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
strace -f -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}
build decode-fds
mkdir "$work/files"
cd "$work/files"

# lines FILE: those that the program asks for, without processes' and sockets' numbers.
lines() {
	sed -n 's/^\[pid *[0-9]*\] //
		/^fcntl(.*F_GETFD\|^clone(.*PIDFD/{s/\(pid:\|\[\|>\|DIAG:\|\]) = \)[0-9][0-9]*/\1N/g;p}' "$1"
}

for kinds in none path dev pidfd socket path,dev dev,pidfd all '!dev' '!dev,socket'; do
	strace --decode-fds="$kinds" -o "$work/theirs" "$work/decode-fds"
	"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" --decode-fds="$kinds" \
		-o "$work/ours" "$work/decode-fds"
	lines "$work/theirs" >"$work/expected"
	lines "$work/ours" >"$work/found"
	[ "$(grep -c . "$work/found")" -eq 12 ] || fail "$kinds: lines are missing"
	diff "$work/expected" "$work/found" || fail "$kinds: another outcome"
done
exit "$failed"
