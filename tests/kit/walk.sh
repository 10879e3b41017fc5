#!/bin/sh
# Paths are walked as the kernel walks them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build walk

mkdir "$work/tree"
"$work/walk" "$work/tree" || fail "walk: exit status $?"
exit "$failed"
