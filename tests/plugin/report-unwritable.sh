#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A report that can't be written is an error that names the file and says why;
# with no output, and nothing half written.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo 'long f (long n) { __asm__ volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory"); return n; }' >source.c
mkdir -p directory

# try FILE REASON
try() {
	refused "$1" "$CC" -c source.c -fplugin="$PLUGIN" \
		"-fplugin-arg-purecc-report=$1"
	grep -q -e "$2" messages || {
		show messages
		fail "$1: the reason should be: $2"
	}
}

try no-such-directory/report 'No such file or directory'
try directory 'Is a directory'
try source.c/report 'Not a directory'
[ ! -c /dev/full ] || try /dev/full 'No space left on device'
