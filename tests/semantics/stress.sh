#!/bin/sh
# Runs each test of this directory many times in a row, on one CPU and then
# on two:
#
#   stress.sh [COUNT [NAME...]]
#
# COUNT is 200 if it isn't given, and NAME is a test's, without .c, .cc or .sh. A
# C or C++ source is compiled once, and its program run; a script is run as it
# is. Stops at the first failure, and says what it was and what it printed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=semantics.inc
. "$(dirname "$0")/semantics.inc"
: "${CC:=cc}" "${CXX:=c++}"
export PURECC_BUILD PURECC_GLIBC CC CXX

count=${1:-200}
[ "$count" -gt 0 ] 2>/dev/null || {
	echo "$count: not a number of runs; usage: stress.sh [COUNT [NAME...]]" >&2
	exit 2
}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || {
	for source in "$directory"/*.c "$directory"/*.cc "$directory"/*.sh; do
		name=$(basename "${source%.*}")
		case $name in
		control | stress | cancel-many) ;;
		*) set -- "$@" "$name" ;;
		esac
	done
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build_handler "$work"
total=0
skipped=0
start=$(date +%s)

# A run may take as long as under ctest.
limit='timeout -s KILL 600'

# run_once SOURCE WAY CPUS
run_once() {
	# shellcheck disable=SC2086 # a command and its options
	case $1 in
	*.sh) taskset -c "$3" $limit sh "$1" ;;
	*) run_way "$2" "$work/control.so" "$work/program" taskset -c "$3" $limit ;;
	esac
}

# repeat SOURCE WAY CPUS
repeat() {
	what="$(basename "${1%.*}"), $2, CPUs $3"
	begin=$(date +%s)
	i=0
	while [ $i -lt "$count" ]; do
		status=0
		run_once "$@" >"$work/output" 2>&1 </dev/null || status=$?
		[ $status -eq 77 ] && {
			skipped=$((skipped + 1))
			echo "$what: skipped: $(cat "$work/output")"
			return
		}
		[ $status -eq 0 ] || {
			cat "$work/output"
			echo "$what: run $((i + 1)) of $count: exit status" \
				"$status, after $total good runs"
			exit 1
		}
		i=$((i + 1))
		total=$((total + 1))
	done
	echo "$what: $count runs, $(($(date +%s) - begin)) s"
}

for name; do
	for source in "$directory/$name".c "$directory/$name".cc "$directory/$name".sh; do
		[ ! -e "$source" ] || break
	done
	[ -e "$source" ] || {
		echo "no test $name in $directory" >&2
		exit 2
	}
	case $source in
	*.sh)
		unset CONTROL_HANDLER CONTROL_REFUSE
		ways=script
		;;
	*)
		build_program "$source" "$work/program"
		CONTROL_REFUSE=$(value refuse "$source" '')
		export CONTROL_REFUSE
		ways=$(value ways "$source" "$all_ways")
		;;
	esac
	for way in $ways; do
		for cpus in 0 0,1; do
			repeat "$source" "$way" "$cpus"
		done
	done
done
echo "$# tests, $total runs in $(($(date +%s) - start)) s, all good;" \
	"$skipped skipped"
