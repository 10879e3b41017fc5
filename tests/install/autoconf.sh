#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# examples/per-project by autoconf and automake, with purecc in a tree that was moved.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
# shellcheck source=tests/install/consumers.inc
. "$root/tests/install/consumers.inc"
need autoreconf automake make pkg-config

moved_tree_without_blank
project
works autoreconf -i project
mkdir out
works env -C out ../project/configure
works make -C out
runs "$work/out"

# A GCC without a plugin is said at once.
find "$tree" -name 'gcc-*' -type d -exec rm -r {} +
! (cd out && ../project/configure) >refused 2>&1 || fail 'there is no plugin'
grep -q 'there is no plugin for' refused || fail "$(tail -n 5 refused)"
end
