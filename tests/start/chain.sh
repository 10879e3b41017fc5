#!/bin/sh
# A process that executes itself while signals come goes on, and nothing gathers in it.
# TIMES: how often (default: 200).
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build chain
same ./chain "${TIMES:-200}"
grep -q '^0 failures, signals 0$' native.out || fail "natively: $(cat native.out)"
exit "$failed"
