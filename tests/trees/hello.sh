#!/bin/sh
# GNU hello: ./configure && make -j2 && make check.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need make cc dpkg-source
fetch_release hello

scenario() {
	build_release hello
}

compare
