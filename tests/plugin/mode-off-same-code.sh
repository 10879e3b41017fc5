#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With mode=off the object is the one that is made without the plugin, byte by
# byte.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '#include "sites.h"
void test (void) { check_sites (); }' >source.c
cp source.c source.cc

for source in source.c source.cc; do
	for flags in -O0 -O2 '-O2 -fPIC -fexceptions' '-O2 -g -gno-record-gcc-switches'; do
		# shellcheck disable=SC2086 # flags are a list of words
		"$(compiler_for $source)" $flags -I "$LIB" -c $source -o plain.o
		# shellcheck disable=SC2086
		"$(compiler_for $source)" $flags -I "$LIB" -c $source -o off.o \
			-fplugin="$PLUGIN" -fplugin-arg-purecc-mode=off
		cmp plain.o off.o || fail "$source $flags: not the same object"
	done
done
