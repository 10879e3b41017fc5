#!/bin/sh
# GNU hello: ./configure && make -j2 && make check.
#
# It takes minutes a way, so by default it is done in two of the five, which have both
# handlers and both of their places; TREE_WAYS names others.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need make cc dpkg-source
# shellcheck disable=SC2034 # of trees.inc
limit=1500
: "${TREE_WAYS:=pass trace-inside}"
fetch_release hello

scenario() {
	build_release hello
}

compare
