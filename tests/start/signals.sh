#!/bin/sh
# Programs are executed while signals come.  TIMES: how many (default: 100).
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build signals
same ./signals "${TIMES:-100}"
exit "$failed"
