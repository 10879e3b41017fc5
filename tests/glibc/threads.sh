#!/bin/sh
# A program with 64 threads on the pure glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

program=$(mktemp)
"${CC:-cc}" -O2 -pthread "$(dirname "$0")/threads.c" -o "$program"

scenario() {
	run "$program"
	run "$program"
}

status=0
(compare_all) || status=$?
rm -f "$program"
exit "$status"
