#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The plugin adds no warning of GCC's own to a source: none of values that are
# not set, of functions that could have an attribute, of stacks or conversions.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '#include "sites.h"
extern void test (void);
void test (void) { check_sites (); }' >source.c
cp source.c source.cc

warnings="-Wall -Wextra -Wuninitialized -Wmaybe-uninitialized -Wunused
	-Wsuggest-attribute=pure -Wsuggest-attribute=const
	-Wsuggest-attribute=noreturn -Wsuggest-attribute=cold -Wshadow
	-Wconversion -Wnull-dereference -Wstrict-overflow=5 -Winline
	-Wmissing-declarations -Wredundant-decls -Wstack-usage=4096
	-Wdisabled-optimization -Wunsafe-loop-optimizations -Wpadded"
for source in source.c source.cc; do
	for level in -O0 -O1 -O2 -O3 -Os; do
		for extra in '' '-fPIC -flto' -fanalyzer; do
			[ "$source $extra" != "source.cc -fanalyzer" ] || continue
			# shellcheck disable=SC2086 # flags are a list of words
			"$(compiler_for $source)" $level $extra $warnings \
				-I "$LIB" -c $source -o source.o 2>plain
			for mode in inline call; do
				# shellcheck disable=SC2086
				"$(compiler_for $source)" $level $extra $warnings \
					-I "$LIB" -c $source -o source.o \
					-fplugin="$PLUGIN" \
					-fplugin-arg-purecc-mode=$mode 2>guarded
				grep 'warning:' plain | sort >expected || :
				grep 'warning:' guarded | sort >came || :
				comm -13 expected came >new
				[ ! -s new ] || {
					show new
					fail "$source $level $extra $mode: new warnings"
				}
			done
		done
	done
done
