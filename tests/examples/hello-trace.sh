#!/bin/sh
# examples/hello-trace: traces its own write on a pure C library, and says so
# where there is none.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

program=$PURECC_BUILD/examples/hello-trace
for options in '' '--handler pass' '--handler pass --same-namespace'; do
	# shellcheck disable=SC2086
	output=$("$pure_run" --glibc "$PURECC_GLIBC" $options -- "$program" 2>&1)
	for expected in 'hello, world' 'and not traced any more' \
		'[call 1 0x1 0x'; do
		case $output in
		*"$expected"*) ;;
		*)
			echo "not in the output: $expected"
			echo "$output"
			exit 1
			;;
		esac
	done
done

status=0
output=$("$program") || status=$?
[ "$status" -eq 1 ] && [ "$output" = "this C library is not pure: nothing is traced" ]
