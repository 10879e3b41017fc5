#!/bin/sh
# Each child's lines are its own, also of one that has no thread-local data.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"
build children

for how in '' --same-namespace; do
	traced lines ./children || fail "$how: exit status $?"
	sed -n 's/^[0-9]* *\(clone(\|<\.\.\. clone resumed>\).* = \([0-9]*\)$/\2 chdir/p' \
		lines >made
	sed -n 's/^\([0-9]*\) *chdir("\/") *= 0$/\1 chdir/p' lines >seen
	[ "$(wc -l <made)" = 4 ] || fail "$how: not made: $(cat made)"
	cmp made seen || fail "$how: not seen: $(cat seen)"
done
exit "$failed"
