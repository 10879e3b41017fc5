#!/bin/sh
# Nothing is left of programs that were executed: no memory of a parent that shared it
# with them, no descriptor.  TIMES: how many (default: 100).
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build leaks
same ./leaks "${TIMES:-100}"
exit "$failed"
