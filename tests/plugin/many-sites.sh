#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the plugin does takes twice as long for twice as many sites in a function,
# each in a block with register variables of its own, and not four times.
# Instructions are counted, not seconds; C++ has guards in front of statements.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

command -v valgrind >/dev/null || skip "there is no valgrind"
nm -C "$PLUGIN" 2>/dev/null | grep -q 'guard_pass::execute' ||
	skip "the plugin has no symbols"

# count SITES: the instructions of the plugin's pass on a function with them.
count() {
	awk -v sites="$1" 'BEGIN {
		print "extern long sum;\nvoid\nf (long a)\n{"
		while (sites-- > 0) {
			print "  {\n    long r;"
			print "    register long r10 __asm__ (\"r10\") = a;"
			print "    register long r8 __asm__ (\"r8\") = a;"
			print "    __asm__ volatile (\"syscall\" : \"=a\" (r)"
			print "      : \"0\" (39L), \"r\" (r10), \"r\" (r8)"
			print "      : \"rcx\", \"r11\", \"memory\");"
			print "    sum += r;\n  }"
		}
		print "}"
	}' >many.cc
	"$CXX" -O0 "-fplugin=$PLUGIN" -S many.cc -o many.s -wrapper \
		"valgrind,--tool=callgrind,--callgrind-out-file=/dev/null,--toggle-collect=*guard_pass::execute*" \
		2>messages || skip "callgrind can't run the compiler"
	sed -n 's/.*Collected : //p' messages
}

few=$(count 150)
many=$(count 300)
echo "150 sites: $few instructions, 300 sites: $many"
[ "$few" -gt 0 ] || skip "callgrind counted nothing"
[ "$many" -lt $((few * 5 / 2)) ] ||
	fail "300 sites take $many instructions, and 150 take $few"
