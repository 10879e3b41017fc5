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
# GCC 11 is the second compiler that the plugin is built for.
"$root/glibc-build-scripts/prepare.sh" \
	bash coreutils findutils gdb git perl procps python3 sqlite3 strace tar \
	gcc-11 g++-11 gcc-11-plugin-dev redis-server nginx-light curl \
	ccache autoconf automake libtool libpython3.11-testsuite \
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

echo "== plugin and runtime with GCC 11"
other=$root/build/gcc-11-build
{
	cmake -S "$root" -B "$other" -DCMAKE_C_COMPILER=gcc-11 \
		-DCMAKE_CXX_COMPILER=g++-11 &&
		cmake --build "$other" --parallel "$jobs"
} >"$root/build/gcc-11.log" 2>&1 || {
	tail -n 40 "$root/build/gcc-11.log"
	exit 1
}
ctest --test-dir "$other" --output-on-failure --parallel "$jobs" \
	-R '^(plugin|runtime)/' || failed=yes

echo "== all of it with the system's GCC"
ctest --test-dir "$root/build" --output-on-failure --parallel "$jobs" "$@" ||
	failed=yes
[ -z "$failed" ]
