#!/bin/sh
# docs/pictures/call.svg is what its script draws.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
pictures=$(cd "$(dirname "$0")/../../docs/pictures" && pwd)
command -v python3 >/dev/null || {
	echo "no python3 here"
	exit 77
}
python3 -B "$pictures/call.py" | diff -u "$pictures/call.svg" - || {
	echo "draw it again: python3 docs/pictures/call.py >docs/pictures/call.svg"
	exit 1
}
