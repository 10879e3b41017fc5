#!/bin/sh
# examples/per-project: a program on the system's C library, whose own system
# calls are seen, and one refused, because it was compiled with the plugin.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
: "${PURECC_BUILD:=$(dirname "$0")/../../build}"
output=$("$PURECC_BUILD/examples/greet")
[ "$output" = "hello from a system call of my own
unlink was refused
4 calls were seen" ] || {
	echo "$output"
	exit 1
}
