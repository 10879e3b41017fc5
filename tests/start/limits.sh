#!/bin/sh
# What can be executed natively can be executed: near the limit without being
# followed, which is reported.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build limits
keep native ./limits
for way in $ways; do
	keep "$way" ./limits
	diff native.out "$way.out" || fail "$way: another limit"
	grep -q "isn't followed: .*no room" "$way.err" || fail "$way: not reported"
done
exit "$failed"
