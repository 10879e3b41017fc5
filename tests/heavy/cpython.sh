#!/bin/sh
# CPython's own tests have the same results under a heavy handler as on the system's C
# library, test by test: tests/suites/cpython.sh with that handler.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: cpython.sh [all|TEST...]

set -eu
# shellcheck source=../isolated/common.inc
. "$(dirname "$0")/../isolated/common.inc"

[ $# -gt 0 ] || set -- test_fcntl test_select test_signal.WakeupSignalTests
build_handler "$root/tests/isolated/everything.cc"
export PURECC_BUILD PURECC_GLIBC CC PURECC_HANDLER="$work/handler.so"
sh "$root/tests/suites/cpython.sh" "$@"
