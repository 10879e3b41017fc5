#!/bin/bash
# Everything, on a bare Debian of each suite: a minimal system is laid out and in it, as
# a stranger would, the quickstart, the tests, the audit of all of the pure glibc,
# glibc's own core tests and two figures of the benchmarks are run. Prints a table in
# Markdown, a suite a line.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/matrix.sh [--suites LIST] [--out DIR] [--mirror URL] [--keep]
#
#   --suites LIST   of Debian's, separated by commas (bookworm,trixie,sid)
#   --out DIR       where the systems, logs and the table go (build/matrix)
#   --mirror URL    of Debian's archive (by default that of this machine)
#   --keep          the systems stay, to be looked at
#
# It has to be root, for debootstrap and chroot, and takes about half an hour a suite
# on 2 processors and 8 GB. Exit status: 0 each step of each suite is right, 1 one is
# not, 2 misuse, or it can't run here.

set -eu
export LC_ALL=C

program=matrix
# shellcheck source=tests/bare.inc
. "$(dirname "$0")/bare.inc"
suites=bookworm,trixie,sid
out=$root/build/matrix

begin "suites out mirror" "$@"

# step NAME COMMAND...: its log, and one more cell of the line: what its function of
# that name finds in the log, or that it failed.
step() {
	local name=$1 began=$SECONDS status=0
	shift
	log=$out/$suite-$name.log
	echo "== $suite: $name" >&2
	inside "$system" "$*" >"$log" 2>&1 || status=$?
	if [ "$status" = 0 ]; then
		cells+=("$("found_$name" "$log" $((SECONDS - began)))")
	else
		cells+=("failed: $status")
	fi
}

found_versions() {
	paste -s -d ' ' "$1"
}

found_quickstart() {
	clock "$2"
}

found_tests() {
	sed -n 's/.*tests passed, \(.*\) tests failed out of \(.*\)/\1 of \2 failed/p' "$1" |
		tail -n 1
}

found_audit() {
	sed -n 's/.*libc\.so\.6: \([0-9]* sites\).*/\1/p' "$1" | tail -n 1
}

found_off() {
	awk '$1 == "all" { print $2 - $5 " of " $2 }' "$1"
}

found_pass() {
	found_off "$1"
}

# Of the table in Markdown: the columns off and pass of the two rows.
found_bench() {
	awk -F ' *[|] *' '
		NR == FNR && /^[|] *[^-|]/ && !columns {
			for (i = 1; i <= NF; i++) column[$i] = i
			columns = 1
		}
		/^[|].*(in libc.so: getppid|two threads: read)/ {
			printf "%s%s, %s", between, $column["off"], $column["pass"]
			between = "; "
		}' "$1"
}

check='glibc-build-scripts/check-glibc.sh --subdirs core --stock failed --mode'
bench='sh bench/run.sh --rows libc,threaded --columns stock,again,off,pass --out /bench'

{
	echo "| suite | compiler and glibc | quickstart | tests | audit |" \
		"core off | core pass | getppid; threaded read (off, pass) |"
	echo "|---|---|---|---|---|---|---|---|"
	for suite in ${suites//,/ }; do
		system=$out/$suite log=$out/$suite-debootstrap.log cells=()
		if lay_out "$suite" "$system" "$log"; then
			git -C "$root" archive HEAD | tar -x -C "$system/project"
			step quickstart 'sh examples/quickstart.sh'
			step versions 'gcc -dumpfullversion && ldd --version |
				sed -n "1s/.* //p"'
			step tests 'sh tests/run.sh'
			step audit 'ctest --test-dir build -R ^audit/glibc &&
				build/pure-audit \
				build/pure-glibc/lib/x86_64-linux-gnu/libc.so.6'
			step off "$check off"
			step pass "$check pass"
			step bench "$bench >&2 && cat /bench/table.md"
			cells=("${cells[1]}" "${cells[0]}" "${cells[@]:2}")
		else
			echo "matrix: debootstrap $suite failed; see $log" >&2
			cells=("failed: debootstrap")
		fi
		take_away "$system"
		print_row
	done
} | tee "$out/table.md"
! grep -q 'failed:' "$out/table.md"
