#!/bin/sh
# perl on the pure glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need perl

scenario() {
	cat >script.pl <<'EOF'
use strict; use warnings;
use POSIX qw(:sys_wait_h uname setlocale LC_ALL strftime);
use Socket; use IO::Handle; use File::Temp; use Time::HiRes qw(usleep time);
$| = 1;
my $pid = fork() // die; if (!$pid) { exit 3 } waitpid($pid, 0); print "fork ", $? >> 8, "\n";
print "backtick ", `echo inside`; print "system ", system("exit 4") >> 8, "\n";
socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die; $a->autoflush; print $a "line\n"; print "socket ", scalar <$b>;
open(my $p, "-|", "seq 3") or die; print "pipe ", join(",", map { chomp; $_ } <$p>), "\n";
my $n = 0; $SIG{ALRM} = sub { $n++ }; alarm 1; my $t = time; select(undef, undef, undef, 1.5) if $n == 0; print "alarm $n\n";
my $f = File::Temp->new; print $f "x" x 100000; close $f; print "size ", -s "$f", "\n";
opendir(my $d, "/etc") or die; my @e = sort grep { /^passwd$|^hosts$/ } readdir $d; print "@e\n";
print join(" ", (sort { $a <=> $b } map { ($_ * 7919) % 1000 } 1 .. 20)), "\n";
print strftime("%Y-%m-%d", gmtime(86400 * 365)), "\n";
open(my $x, "<", "/does/not/exist") or print "open: ", $! + 0, "\n";
die "the end\n";
EOF
	run perl script.pl 2>&1 || echo "perl said $?"
}

compare_all
