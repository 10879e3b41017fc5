#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A compilation that fails writes nothing to the report: neither with an error
# in the source, nor with one of the plugin's own.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

call='__asm__ volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory"); return n;'
echo "long f (long n) { $call } long g (void) { return undeclared; }" >source.c
echo "long f (long n) { $call } long g (long n) { __asm__ (\"nop; syscall\" : \"+a\" (n)); return n; }" \
	>residual.c

for before in absent empty full; do
	rm -f report
	case $before in
	empty) : >report ;;
	full) echo 'what was there' >report ;;
	esac
	cp report before 2>/dev/null || : >before
	refused undeclared "$CC" -fplugin="$PLUGIN" \
		-fplugin-arg-purecc-report=report -c source.c
	refused 'cannot be guarded' "$CC" -fplugin="$PLUGIN" \
		-fplugin-arg-purecc-report=report \
		-fplugin-arg-purecc-residual=error -c residual.c
	[ -e report ] || : >report
	cmp report before || fail "$before: the report is not as it was"
done
