#!/bin/sh
# valgrind reads the call frame information of a pure glibc, and has nothing to say of
# a program on it: without a handler, and with one in the program's namespace.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
need valgrind

valgrind -q --error-exitcode=9 /bin/ls / >/dev/null 2>&1 || {
	echo "valgrind complains of ls on the system's glibc"
	exit 77
}
for options in '' "--handler pass --same-namespace"; do
	# The options are words of a list.
	# shellcheck disable=SC2086
	valgrind -q --error-exitcode=9 --trace-children=yes \
		"$pure_run" --glibc "$PURECC_GLIBC" $options -- /bin/ls /
done
