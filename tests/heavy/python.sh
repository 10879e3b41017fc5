#!/bin/sh
# Python under a heavy handler: its own tests of signals, threads, fork and children.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: python.sh [all|TEST...]

set -eu
limit=900
. "$(dirname "$0")/heavy.inc"

need /usr/bin/python3
/usr/bin/python3 -c 'import test.test_os' 2>/dev/null || {
	echo "Python's tests are not here: lib$(readlink /usr/bin/python3)-testsuite"
	exit 77
}
case ${1:-} in
'') set -- test_fork1 test_thread test_queue ;;
all) set -- test_signal test_threading test_subprocess test_fork1 test_asyncio ;;
esac
tests=$*

# The result of each test, but for those that print something of their own in between.
scenario() {
	for test in $tests; do
		status=0
		under /usr/bin/python3 -m test -u none -v "$test" >output 2>&1 || status=$?
		echo "$test: $status"
		grep -E '^test.* \.\.\. |^(ERROR|FAIL):' output | sed \
			-e 's/ \.\.\. \(ok\|skipped.*\|expected failure\)$/: \1/' \
			-e 's/ \.\.\. .*//' | sort
	done
}

compare "$@"
