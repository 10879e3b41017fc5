#!/bin/sh
# Run the tests: set up what is missing first, then ctest, which names each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/run.sh [--all [--no-stock]] [CTEST-OPTION...]
#                                                     for instance -R plugin/
#
# Without --all what takes long is left out (ctest's label `heavy': glibc's own
# tests, fuzzing, the building of other projects, the benchmarks), and so are
# a second compiler and the stock glibc.  With --no-stock that isn't built, and
# what compares with it is skipped: glibc's own tests, and the benchmarks.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
all=
stock=
[ "${1:-}" != --all ] || {
	all=yes stock=yes
	shift
}
[ "${1:-}" != --no-stock ] || {
	stock=
	shift
}
jobs=$(nproc)

# plan WHAT MINUTES [FILE]: say what will be done, unless FILE is there.
plan() {
	[ -e "${3:-/nonexistent}" ] ||
		printf '  %-56s %2d minutes\n' "$1" "$2"
}

echo "== what will be done, and how long it takes on 2 processors"
plan "packages, plugin, runtime, tools and the pure glibc" 8 \
	"$root/build/pure-glibc/.build-glibc"
[ -z "$stock" ] || plan "the stock glibc, to compare with" 5 \
	"$root/build/stock-glibc/.build-glibc"
if [ -n "$all" ]; then
	plan "all tests, those of plugin and runtime with each GCC" 25
else
	plan "the tests; those that take longer are in --all" 6
fi

# The programs that the tests run on the pure glibc, those that they look at
# programs with, those that build other projects, and those of the benchmarks;
# the plugin is built for a second compiler too.
packages='bash coreutils findutils gdb git perl procps python3 sqlite3 strace tar
	ccache autoconf automake libtool'
[ -z "$all" ] || packages="$packages redis-server nginx-light curl wrk
	@second-gcc @python-tests @gcc-tests hyperfine gnuplot-nox valgrind"
# The names are words of a list.
# shellcheck disable=SC2086
"$root/scripts/prepare.sh" $packages

# run_ctest CTEST-OPTION...: now and then with the time that is left, by the number
# of tests that are done.
run_ctest() {
	{
		ctest --test-dir "$root/build" --output-on-failure \
			--parallel "$jobs" "$@" && echo "ctest passed"
	} 2>&1 | awk '
		function now(   seconds) {
			"date +%s" | getline seconds
			close("date +%s")
			return seconds
		}
		BEGIN { start = now() }
		$0 == "ctest passed" { passed = 1; next }
		match($0, /^ *[0-9]+\/[0-9]+ Test /) {
			split($1, n, "/")
			if (n[1] % 10 == 0 && n[1] < n[2]) {
				left = int((now() - start) * (n[2] - n[1]) / n[1])
				$0 = $0 sprintf(", about %d:%02d left",
						left / 60, left % 60)
			}
		}
		{ print; fflush() }
		END { exit !passed }
	'
}

if [ -n "$stock" ]; then
	echo "== the stock glibc, of the same source, to compare with"
	source=$root/build/pure-glibc.work/source
	if [ -d "$source" ]; then
		"$root/glibc-build-scripts/build-glibc.sh" --stock --source "$source"
	else
		"$root/glibc-build-scripts/build-glibc.sh" --stock
	fi
fi
[ -n "$all" ] || set -- -LE heavy "$@"

echo "== the tests"
run_ctest "$@"
