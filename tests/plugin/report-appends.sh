#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Compilations append to the report, parallel ones too: each line is whole, and
# there are as many as sites. One compilation's lines stand together.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

sites=40 units=40
{
	i=0
	while [ $i -lt $sites ]; do
		echo "long f$i (long n) { __asm__ volatile (\"syscall\" :" \
			"\"+a\" (n) : : \"rcx\", \"r11\", \"memory\"); return n; }"
		i=$((i + 1))
	done
} >unit.h
rm -f report
i=0
while [ $i -lt $units ]; do
	"$CC" -fplugin="$PLUGIN" -fplugin-arg-purecc-report=report \
		-include unit.h -x c /dev/null -S -o /dev/null &
	i=$((i + 1))
done
wait

expect_report report /dev/null
[ "$(wc -l <report)" -eq $((sites * units)) ] ||
	fail "$(wc -l <report) lines, and not $sites from each of $units compilations"
awk -v n=$sites '
	match($0, /"function": "f[0-9]+"/) {
		at = substr($0, RSTART + 14, RLENGTH - 15)
		if (at in seen && seen[at] != int((NR - 1) / n) - 1)
			bad = 1
		seen[at] = int((NR - 1) / n)
	}
	END { exit bad }' report || fail "lines of several compilations are mixed"

# What is there already stays.
echo kept >report
"$CC" -fplugin="$PLUGIN" -fplugin-arg-purecc-report=report -include unit.h \
	-x c /dev/null -S -o /dev/null
[ "$(head -n 1 report)" = kept ] || fail "the report was overwritten"
[ "$(wc -l <report)" -eq $((sites + 1)) ] || fail "not all was appended"
