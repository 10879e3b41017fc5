#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A build with a profile that was taken before: the profile fits, and sites work
# as without it.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '#include "sites.h"
extern void test (void);
void test (void) { check_sites (); }' >source.c
build_runtime

for mode in inline call; do
	for flags in -O2 -O3 '-O2 -fno-inline'; do
		rm -f ./*.gcda
		# shellcheck disable=SC2086 # flags are a list of words
		"$CC" $flags -fprofile-generate -I "$LIB" -fplugin="$PLUGIN" \
			-fplugin-arg-purecc-mode=$mode -c source.c -o source.o
		"$CC" -fprofile-generate source.o libtesting.a -o program
		./program || fail "$mode, $flags: the program that takes it fails"
		# shellcheck disable=SC2086
		"$CC" $flags -fprofile-use -Wcoverage-mismatch \
			-Wmissing-profile -fchecking -I "$LIB" \
			-fplugin="$PLUGIN" -fplugin-arg-purecc-mode=$mode \
			-c source.c -o source.o 2>messages || {
			show messages
			fail "$mode, $flags: it does not compile"
		}
		[ ! -s messages ] || {
			show messages
			fail "$mode, $flags: the profile does not fit"
		}
		"$CC" source.o libtesting.a -o program
		./program || fail "$mode, $flags: the program fails"
	done
done
