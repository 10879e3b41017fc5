#!/bin/sh
# Each handler has a line in README's table, whose command does what the line says.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=page.inc disable=SC1091
. "$(dirname "$0")/page.inc"

failed=0
fail() {
	echo "FAILED: $*"
	head -n 20 "$work/out" "$work/err"
	failed=1
}

# rows: the name and the command of each line.
rows() {
	# shellcheck disable=SC2016 # they are README's
	sed -n '/^## Handlers$/,/^## /p' "$root/README.md" |
		sed -n 's/^| `\([^`]*\)` | [^|]* | `\([^`]*\)` |$/\1 \2/p'
}

# does NAME: has its command done what it is for?
does() {
	case $1 in
	trace) grep -q 'execve(.*) = 0$' calls.txt && grep -q 'exited with 0' calls.txt ;;
	time)
		grep -q "$(date -d '+365 days' +%Y)" out
		;;
	redirect) [ "$(cat out)" = "$(head -n 1 README.md)" ] ;;
	count) grep -q '^% time' err && grep -q ' write$' err ;;
	inject) grep -q 'No space left on device' err ;;
	nosync) [ ! -s err ] ;;
	*) [ -s out ] ;;
	esac
}

rows >table
while read -r name command; do
	status=0
	timeout 120 sh -c "$command" >out 2>err </dev/null || status=$?
	expected=0
	[ "$name" != inject ] || expected=2
	[ "$status" -eq "$expected" ] || fail "exit status $status: $command"
	does "$name" || fail "it isn't seen what it does: $command"
done <table
for file in build/handlers/*.so; do
	grep -q "^$(basename "$file" .so) " table ||
		fail "README has no command for $file"
done
exit "$failed"
