#!/bin/sh
# The handler denies one file, by each of its names, and nothing else.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: test.sh HANDLER    PURE_RUN is the program; the default is found by PATH

set -eu
handler=$(realpath "$1")
: "${PURE_RUN:=pure-run}"
work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
	echo "FAILED: $*"
	exit 1
}

# under COMMAND...: its lines are in the file lines.
under() {
	"$PURE_RUN" --handler "$handler" -O file=secret -O output=lines -- "$@"
}

echo secret >secret
echo other >other
mkdir directory
ln -s ../secret directory/link

[ "$(under cat other)" = other ] || fail "another file is denied"
[ ! -s lines ] || fail "lines of another file: $(cat lines)"
for name in secret ./directory/../secret "$work/secret" directory/link; do
	! under cat "$name" 2>message || fail "not denied: $name"
	grep -q 'Permission denied' message || fail "cat says: $(cat message)"
	grep -q "^[0-9]* denied: openat of $work/secret\$" lines ||
		fail "no line of $name: $(cat lines)"
done

# What the program executes has the same handler, wherever it is.
# shellcheck disable=SC2016 # it is for that shell
under sh -c 'cd directory && env cat link || echo "status $?"' >out 2>message
[ "$(cat out)" = 'status 1' ] || fail "a child's: $(cat out message)"

# An option that is missing is said, and nothing is run.
status=0
"$PURE_RUN" --handler "$handler" -- echo run >out 2>message || status=$?
[ "$status" = 2 ] || fail "without -O file: exit status $status"
[ ! -s out ] || fail "without -O file: it is run"
grep -q 'name the file' message || fail "without -O file: $(cat message)"
