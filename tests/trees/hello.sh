#!/bin/sh
# GNU hello: ./configure && make -j2 && make check.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need make cc dpkg-source
limit=1500

if [ -z "${TREE_PLACE:-}" ]; then
	: "${PURECC_BUILD:=$(dirname "$0")/../../build}"
	export PURECC_BUILD TREE_SOURCE="$PURECC_BUILD/projects/hello/source"
	# shellcheck source=../projects/fetch.inc
	(. "$(dirname "$0")/../projects/fetch.inc" && fetch hello)
fi

scenario() {
	cp -r "$TREE_SOURCE" hello
	cd hello
	./configure --quiet 2>&1
	make -s -j2 2>&1 | sort
	make -s check 2>&1 | grep -E '^# |^(PASS|FAIL|ERROR|SKIP)' | sort
}

compare
