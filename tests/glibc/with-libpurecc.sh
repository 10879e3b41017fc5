#!/bin/sh
# A program that has libpurecc runs on the pure glibc too: there is one pointer,
# one in-handler mark and one thunk.  These are the runtime's own tests, as they
# were linked for the system's glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

failed=
for program in "$PURECC_BUILD"/tests/runtime/runtime_*pie; do
	case $program in
	*static*) continue ;;
	esac
	run "$program" || {
		[ $? -eq 77 ] && continue
		echo "$(basename "$program"): failed"
		failed=yes
	}
done
[ -z "$failed" ]
