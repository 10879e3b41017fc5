#!/bin/sh
# perl as itself ($^X), by prove, by a shell and in a pipe.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need perl prove

scenario() {
	mkdir t
	# shellcheck disable=SC2016 # for perl
	printf 'use Test::More tests => 2; ok(1, $^X); is(`$^X -e "print 42"`, 42);\n' >t/one.t
	cp t/one.t t/two.t
	prove -v -j2 t | sed 's/^Files.*//; s/ok  *[0-9]* ms.*/ok/' | sort
	# shellcheck disable=SC2016 # for perl
	perl -e 'print "$^X\n"; open my $p, "-|", $^X, "-e", "print \$^X" or die; print <$p>, "\n"; close $p;
		if (!fork) { exec { $^X } "other name", "-e", q(print "$0\n"; exit 3) } wait; print $? >> 8, "\n"'
}

compare
