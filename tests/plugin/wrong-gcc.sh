#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Loaded by another major version of GCC, the plugin says which one it is for,
# which one this is, and how to make one for it.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo 'int i;' >source.c
cp source.c source.cc
own=$("$CC" -dumpfullversion)
tried=0
for major in 10 11 12 13 14 15 16; do
	[ "$major" != "${own%%.*}" ] || continue
	for compiler in "gcc-$major" "g++-$major"; do
		command -v "$compiler" >/dev/null || continue
		case $compiler in
		gcc*) source=source.c ;;
		*) source=source.cc ;;
		esac
		refused "this plugin was built for GCC $own" \
			"$compiler" -fplugin="$PLUGIN" -c $source
		refused "this is GCC $("$compiler" -dumpfullversion)" \
			"$compiler" -fplugin="$PLUGIN" -c $source
		refused "-DPURECC_COMPILERS=gcc-$major" \
			"$compiler" -fplugin="$PLUGIN" -c $source
		tried=$((tried + 1))
	done
done
[ $tried -gt 0 ] || skip "no other GCC is installed"
