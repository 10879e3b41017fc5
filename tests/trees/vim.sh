#!/bin/sh
# vim by commands: a filter, a shell.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016 # what is quoted is for another shell
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need vim

scenario() {
	printf 'c\nb\na\n' >file
	vim -Nu NONE -es -c '%!sort' -c 'r !echo "$0 in"' -c 'wq' file || echo "status $?"
	cat file
}

compare
