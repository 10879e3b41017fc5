#!/bin/sh
# Run every test: set up what is missing first, then ctest, which names each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/run.sh [CTEST-OPTION...]        for instance -R plugin/

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

# The programs that the tests run on the pure glibc, and those that they look
# at programs with; GCC 11 is the second compiler that the plugin is built for.
"$root/glibc-build-scripts/prepare.sh" \
	bash coreutils findutils gdb git perl procps python3 python3-dev \
	sqlite3 strace tar gcc-11 g++-11 gcc-11-plugin-dev libgcc-12-dev \
	redis-server nginx-light curl ccache autoconf automake libtool

cd "$root/build"
exec ctest --output-on-failure --parallel "$(nproc)" "$@"
