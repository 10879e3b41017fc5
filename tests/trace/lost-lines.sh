#!/bin/sh
# Lines that can't be written are counted, and the end says how many there were;
# the program doesn't notice.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build lost-lines
ENOSPC='No space left on device' EFBIG='File too large'

# lost FILE ERROR WAYS: as natively, and stderr has the number of lost lines.
lost() {
	outcome native "$work/lost-lines" "$3"
	outcome traced traced "$1" "$work/lost-lines" "$3"
	cmp -s "$work/native.out" "$work/traced.out" || {
		fail "$how $1 $3: another outcome"
		diff "$work/native.out" "$work/traced.out" || :
	}
	[ -z "$2" ] || grep -q "^trace: [0-9][0-9]* lines lost: $2\$" \
		"$work/traced.err" || {
		fail "$how $1 $3: nothing says so"
		cat "$work/traced.err"
	}
}

# count: the sum of what was said.
count() {
	sed -n 's/^trace: \([0-9]*\) lines\{0,1\} lost: .*/\1/p' "$work/traced.err" |
		awk '{ sum += $1 } END { print sum + 0 }'
}

for how in '' --same-namespace; do
	lost "$work/lines" '' cef
	! grep -q ' lost: ' "$work/traced.err" || fail "$how: nothing was lost"
	for ways in '' f c e x cef; do
		lost /dev/full "$ENOSPC" "$ways"
		# The alarms' calls differ in number.
		[ "$(count)" -gt 2000 ] || fail "$how $ways: $(count) lines lost"
	done

	# A program that always makes the same calls has lost all of them.
	outcome traced traced "$work/lines" cat /dev/null
	outcome traced traced /dev/full cat /dev/null
	[ "$(count)" -eq "$(wc -l <"$work/lines")" ] ||
		fail "$how cat: $(count) of $(wc -l <"$work/lines") lines lost"

	# What is executed can't say it.
	outcome traced traced /dev/full env true
	[ "$(count)" -gt 10 ] || fail "$how env: $(count) lines lost"

	for ways in '' f cef; do
		# 2 KiB, and half of a line.
		(
			ulimit -f 4
			lost "$work/lines" "$EFBIG" "$ways"
			exit "$failed"
		) || failed=1
		[ "$(wc -c <"$work/lines")" -eq 2048 ] ||
			fail "$how $ways: the limit isn't reached"
	done
done
exit "$failed"
