#!/bin/sh
# GNU sed: ./configure && make -j2 && make check.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need make cc dpkg-source
limit=1500

if [ -z "${TREE_PLACE:-}" ]; then
	: "${PURECC_BUILD:=$(dirname "$0")/../../build}"
	export PURECC_BUILD TREE_SOURCE="$PURECC_BUILD/projects/sed/source"
	# shellcheck source=../projects/fetch.inc
	(. "$(dirname "$0")/../projects/fetch.inc" && fetch sed)
fi

scenario() {
	# With the times: nothing is to be made anew that the release has.
	cp -a "$TREE_SOURCE" sed
	cd sed
	./configure --quiet 2>&1
	make -s -j2 MAKEINFO=true >made 2>&1 || cat made
	sort made
	make -s check MAKEINFO=true >checked 2>&1 || echo "status $?"
	grep -E '^# (TOTAL|PASS|SKIP|FAIL|ERROR)|^(PASS|FAIL|ERROR|SKIP)' checked | sort
	# The program itself, not what says so.
	ls -1 sed/sed
}

compare
