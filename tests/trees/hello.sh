#!/bin/sh
# GNU hello: ./configure && make -j2 && make check.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need make cc dpkg-source
# shellcheck disable=SC2034 # of trees.inc
limit=1500
fetch_release hello

scenario() {
	build_release hello
}

compare
