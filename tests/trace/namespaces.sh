#!/bin/sh
# Processes of several namespaces have the same numbers, but not each other's lines.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"

unshare --pid --fork --mount-proc true 2>errors || {
	cat errors
	exit 77
}

# In each the shell is 1, ls and cat are 2 and so on.
# shellcheck disable=SC2016 # it is for that shell
traced lines sh -c 'for space in 1 2 3 4; do
		unshare --pid --fork --mount-proc sh -c "for i in 1 2 3 4 5 6 7 8 9; do
			ls / | cat >/dev/null; done; true" &
	done; wait'
sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*<unfinished \.\.\.>$/\1/p' lines | sort | uniq -c >unfinished
sed -n 's/^[0-9]* *<\.\.\. \([a-z0-9_]*\) resumed>.*/\1/p' lines | sort | uniq -c >resumed
diff unfinished resumed || fail "what is resumed wasn't unfinished"
[ "$(grep -c '^1 .* exited with 0 ' lines)" = 4 ] || fail "another number of namespaces"
exit "$failed"
