#!/bin/sh
# Run every test: set up what is missing first, then ctest, which names each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/run.sh [CTEST-OPTION...]        for instance -R plugin/

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

# The programs that the tests run on the pure glibc, those that they look at
# programs with, those that build other projects, and those of the benchmarks;
# the plugin is built for a second compiler too.
"$root/glibc-build-scripts/prepare.sh" \
	bash coreutils findutils gdb git perl procps python3 sqlite3 strace tar \
	redis-server nginx-light curl ccache autoconf automake libtool \
	@second-gcc @python-tests \
	hyperfine gnuplot-nox

echo "== the stock glibc, of the same source, to compare with"
source=$root/build/pure-glibc.work/source
if [ -d "$source" ]; then
	"$root/glibc-build-scripts/build-glibc.sh" --stock --source "$source"
else
	"$root/glibc-build-scripts/build-glibc.sh" --stock
fi

failed=
jobs=$(nproc)

# shellcheck source=../glibc-build-scripts/packages.sh disable=SC1091
. "$root/glibc-build-scripts/packages.sh"
major=$(second_gcc)
if [ -n "$major" ]; then
	echo "== plugin and runtime with GCC $major"
	other=$root/build/gcc-$major-build
	{
		cmake -S "$root" -B "$other" -DCMAKE_C_COMPILER="gcc-$major" \
			-DCMAKE_CXX_COMPILER="g++-$major" &&
			cmake --build "$other" --parallel "$jobs"
	} >"$root/build/gcc-$major.log" 2>&1 || {
		tail -n 40 "$root/build/gcc-$major.log"
		exit 1
	}
	ctest --test-dir "$other" --output-on-failure --parallel "$jobs" \
		-R '^(plugin|runtime)/' || failed=yes
else
	echo "== no second GCC, with the headers for plugins, from 11 on"
fi

echo "== all of it with the system's GCC"
ctest --test-dir "$root/build" --output-on-failure --parallel "$jobs" "$@" ||
	failed=yes
[ -z "$failed" ]
