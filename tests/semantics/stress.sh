#!/bin/sh
# Runs each test of this folder many times in a row, on one CPU and then on two:
#
#   stress.sh [COUNT [NAME...]]
#
# COUNT is 200 if it isn't given, and NAME is a test's, without .c or .cc. Stops
# at the first failure, and says what it was and what it printed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=semantics.inc
. "$(dirname "$0")/semantics.inc"

count=${1:-200}
[ "$count" -gt 0 ] 2>/dev/null || {
	echo "$count: not a number of runs; usage: stress.sh [COUNT [NAME...]]" >&2
	exit 2
}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || {
	for source in "$folder"/*.c "$folder"/*.cc; do
		name=$(basename "${source%.*}")
		[ "$name" = control ] || set -- "$@" "$name"
	done
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build_handler "$work"
total=0
skipped=0

# repeat SOURCE WAY CPUS
repeat() {
	i=0
	while [ $i -lt "$count" ]; do
		status=0
		run_way "$2" "$work/control.so" "$work/program" taskset -c "$3" \
			>"$work/output" 2>&1 || status=$?
		[ $status -eq 77 ] && {
			skipped=$((skipped + 1))
			return
		}
		[ $status -eq 0 ] || {
			cat "$work/output"
			echo "$1, $2, CPUs $3: run $((i + 1)) of $count: exit" \
				"status $status, after $total good runs"
			exit 1
		}
		i=$((i + 1))
		total=$((total + 1))
	done
}

for name; do
	source=$folder/$name.c
	[ -e "$source" ] || source=$folder/$name.cc
	[ -e "$source" ] || {
		echo "no test $name in $folder" >&2
		exit 2
	}
	build_program "$source" "$work/program"
	CONTROL_REFUSE=$(value refuse "$source" '')
	export CONTROL_REFUSE
	for way in $(value ways "$source" "$all_ways"); do
		for cpus in 0 0,1; do
			repeat "$name" "$way" "$cpus"
		done
	done
	echo "$name: good; $total runs so far"
done
echo "$total runs, all good; $skipped skipped"
