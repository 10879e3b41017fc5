#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Inline functions with sites in a precompiled header, which was made with the
# plugin or without it, are guarded and reported as from the header itself.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '#include "sites.h"
extern void test (void);
void test (void) { check_sites (); }' >source.c
cp source.c source.cc
build_runtime

for source in source.c source.cc; do
	compiler=$(compiler_for $source)
	case $source in
	*.cc) language=c++-header ;;
	*) language=c-header ;;
	esac
	rm -rf headers
	mkdir headers
	cp "$LIB/testing.h" "$LIB/sites.h" headers/
	rm -f direct
	"$compiler" -O2 -I headers -fplugin="$PLUGIN" \
		-fplugin-arg-purecc-report=direct -c $source -o source.o
	for made in with without; do
		rm -f report headers/sites.h.gch
		set -- -O2 -x $language headers/sites.h -o headers/sites.h.gch
		[ $made = without ] || set -- "$@" -fplugin="$PLUGIN" \
			-fplugin-arg-purecc-report=report
		"$compiler" "$@"
		"$compiler" -O2 -I headers -Winvalid-pch -H -fplugin="$PLUGIN" \
			-fplugin-arg-purecc-report=report -c $source \
			-o source.o 2>messages
		grep -q '^! .*sites.h.gch' messages || {
			show messages
			fail "$source: the header made $made the plugin is not used"
		}
		cmp report direct || fail "$source: the report is another"
		"$compiler" source.o libtesting.a -o program
		./program || fail "$source: the program fails"
	done
done
