#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# examples/handler-template, as it is installed, by make and by CMake: with purecc in a
# tree that was moved, and with a build that isn't installed.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
# shellcheck source=tests/install/consumers.inc
. "$root/tests/install/consumers.inc"
need make pkg-config
export CC="$cc"

# does FILE: with a pure glibc the template's test passes, and it tests that handler.
does() {
	[ -e "$1" ] || fail "there is no $1"
	! $has_glibc || works env PURE_RUN="$pure_run" sh template/test.sh "$1"
}

# by_make WHERE: where pkg-config finds it.
by_make() {
	! make -C template PKG_CONFIG_PATH=/nowhere PKG_CONFIG_LIBDIR=/nowhere \
		>refused 2>&1 || fail 'make without purecc'
	grep -q 'purecc is not found: set PKG_CONFIG_PATH' refused ||
		fail "$(cat refused)"
	works env PKG_CONFIG_PATH="$1" make -C template
	does template/deny.so
	! $has_glibc || works env PKG_CONFIG_PATH="$1" make -C template check
	works make -C template clean
	[ ! -e template/deny.so ] || fail 'make clean leaves it'
}

# by_cmake WHERE: what it is given as CMAKE_PREFIX_PATH.
by_cmake() {
	rm -rf out
	works cmake -S template -B out -DCMAKE_PREFIX_PATH="$1"
	works cmake --build out
	does out/deny.so
	! $has_glibc || works ctest --test-dir out --no-tests=error
}

moved_tree_without_blank
cp -R "$(find "$tree" -name handler-template)" template
pure_run=$tree/bin/pure-run
by_make "$(dirname "$(find "$tree" -name purecc.pc)")"
by_cmake "$tree"
pure_run=$build/pure-run
by_make "$build"
by_cmake "$build"

# The test fails where the handler does nothing.
if $has_glibc; then
	sed 's/strcmp (path.real, file) == 0/false/' template/deny.c >nothing.c
	export PKG_CONFIG_PATH="$build"
	# What pkg-config prints are words.
	# shellcheck disable=SC2046
	works "$cc" -fPIC -shared $(pkg-config --cflags purecc-handler) nothing.c \
		$(pkg-config --libs purecc-handler) -o nothing.so
	! env PURE_RUN="$pure_run" sh template/test.sh nothing.so >said 2>&1 ||
		fail 'a handler that does nothing passes'
	grep -q '^FAILED: not denied' said || fail "$(cat said)"
fi
end
