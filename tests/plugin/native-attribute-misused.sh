#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# purecc_native with an argument is an error, and on what is no function it is
# said that it has no effect.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo '__attribute__ ((purecc_native (1))) void f (void) {}' >argument.c
refused 'wrong number of arguments' "$CC" -fplugin="$PLUGIN" -c argument.c

for declaration in 'int variable' 'extern int array[3]' 'typedef int type'; do
	echo "__attribute__ ((purecc_native)) $declaration;" >other.c
	"$CC" -fplugin="$PLUGIN" -c other.c -o other.o 2>messages || {
		show messages
		fail "$declaration: an error"
	}
	grep -q purecc_native messages ||
		fail "$declaration: not a word of the attribute"
done
