#!/bin/sh
# Run real programs under a heavy handler, one after another, and say of each whether
# it comes out as natively.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/heavy/run.sh [NAME...]         for instance `git redis'; default: all

set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ $# -eq 0 ]; then
	for script in "$here"/*.sh; do
		set -- "$@" "$(basename "$script" .sh)"
	done
fi
output=$(mktemp)
trap 'rm -f "$output"' EXIT
failed=
for name; do
	[ "$name" != run ] || continue
	[ -e "$here/$name.sh" ] || {
		echo "run.sh: no $name.sh in $here" >&2
		exit 2
	}
	status=0
	sh "$here/$name.sh" >"$output" 2>&1 || status=$?
	case $status in
	0) echo "$name: ok" ;;
	77) echo "$name: skipped: $(tail -n 1 "$output")" ;;
	*)
		echo "$name: FAILED"
		sed 's/^/    /' "$output"
		failed=yes
		;;
	esac
done
[ -z "$failed" ]
