#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Clang, whose option for plugins has the same name, doesn't compile with the
# plugin as if all were well: it is said what is wrong.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

command -v clang >/dev/null || skip "clang is not installed"

echo 'long f (long n) { __asm__ volatile ("syscall" : "+a" (n)); return n; }' \
	>source.c
cp source.c source.cc
major=$("$CC" -dumpversion)
major=${major%%.*}
for source in source.c source.cc; do
	refused 'clang is not GCC' clang -fplugin="$PLUGIN" -c $source
	refused "compile with gcc-$major" clang -fplugin="$PLUGIN" -c $source
	refused 'clang is not GCC' clang -Xclang -load -Xclang "$PLUGIN" -c $source
done
