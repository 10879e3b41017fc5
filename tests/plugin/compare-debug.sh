#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With -fcompare-debug GCC compiles a source twice, with debug information and
# without it: the code is the same, and each site is reported once. (That the
# code is the same is tried with the source of each case; see run-source.sh.)
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '#include "sites.h"
extern void test (void);
void test (void) { check_sites (); }' >source.c
cp source.c source.cc

for source in source.c source.cc; do
	for mode in inline call; do
		for flags in -O0 '-O2 -fPIC' -Os '-O2 -fsanitize=thread'; do
			rm -f report once
			# Some versions fail without the plugin too.
			# shellcheck disable=SC2086 # flags are a list of words
			"$(compiler_for $source)" $flags -fcompare-debug \
				-I "$LIB" -c $source -o source.o 2>/dev/null ||
				continue
			# shellcheck disable=SC2086
			"$(compiler_for $source)" $flags -fcompare-debug \
				-fchecking=2 -I "$LIB" -fplugin="$PLUGIN" \
				-fplugin-arg-purecc-mode=$mode \
				-fplugin-arg-purecc-report=report \
				-c $source -o source.o 2>messages || {
				show messages
				fail "$source $mode $flags: not the same code"
			}
			# shellcheck disable=SC2086
			"$(compiler_for $source)" $flags -I "$LIB" \
				-fplugin="$PLUGIN" \
				-fplugin-arg-purecc-mode=$mode \
				-fplugin-arg-purecc-report=once \
				-c $source -o source.o
			cmp report once ||
				fail "$source $mode $flags: another report"
		done
	done
done
