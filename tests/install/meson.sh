#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# examples/per-project by Meson, with purecc in a tree that was moved.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
# shellcheck source=tests/install/consumers.inc
. "$root/tests/install/consumers.inc"
need meson ninja pkg-config

moved_tree_without_blank
project
works meson setup out project
works meson compile -C out
runs "$work/out"
end
