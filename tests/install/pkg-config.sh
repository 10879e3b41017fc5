#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# purecc.pc and purecc-handler.pc, in a tree that was moved.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
# shellcheck source=tests/install/consumers.inc
. "$root/tests/install/consumers.inc"
need pkg-config

moved_tree_without_blank
project
prints "$(cached CMAKE_PROJECT_VERSION)" pkg-config --modversion purecc
version=$("$cc" -dumpversion)
plugin=$(pkg-config --variable=files purecc)/gcc-${version%%.*}/purecc.so
# What pkg-config prints are words.
# shellcheck disable=SC2046
{
	works "$cc" -fplugin="$plugin" -O2 -c project/greet.c
	works "$cc" $(pkg-config --cflags purecc) project/watch.c greet.o -o greet \
		$(pkg-config --libs purecc) \
		-Wl,-rpath,"$(pkg-config --variable=libdir purecc)"
	works "$cc" $(pkg-config --cflags purecc-handler) -shared -fPIC \
		project/no-unlink.c -o no-unlink.so \
		$(pkg-config --libs purecc-handler)
}
runs "$work"

# By the program that does all of it.
works "$(pkg-config --variable=purecc purecc)" "$cc" -I "$tree/include" \
	project/greet.c project/watch.c -o greet
runs "$work"
end
