#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is compiled is guarded and reported alike in whatever way it gets to the
# compiler: as a file, from standard input, preprocessed before, through a pipe,
# with intermediate files kept. And nothing is reported where nothing is
# compiled.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >source.c <<'EOF'
#define CALL(n) __asm__ volatile ("syscall" : "=a" (n) : "0" (n) : "rcx", "r11", "memory")
long f (void) { long n = 39; CALL (n); return n; }
EOF
"$CC" -E source.c -o source.i
"$CC" -fdirectives-only -E source.c -o directives.i

# try MACROS FLAG...
try() {
	macros=$1
	shift
	rm -f report source.o
	"$CC" -fplugin="$PLUGIN" -fplugin-arg-purecc-report=report "$@" \
		-o source.o
	echo "{\"line\": 2, \"function\": \"f\", \"macros\": [$macros]," \
		"\"number\": 39, \"name\": \"getpid\", \"nargs\": 0," \
		"\"kind\": \"guarded\"}" >expected
	expect_report report expected
	nm source.o | grep -q 'U __pure_site' ||
		fail "$*: the site is not guarded"
}

try '"CALL"' -c source.c
try '"CALL"' -c -pipe source.c
try '' -c -save-temps source.c
try '' -c -no-integrated-cpp source.c
try '' -c source.i
try '"CALL"' -c -fpreprocessed -fdirectives-only directives.i
try '"CALL"' -c -x c - <source.c
try '' -c -x cpp-output - <source.i

# silent FLAG...: this writes nothing to the report.
silent() {
	rm -f report
	"$CC" -fplugin="$PLUGIN" -fplugin-arg-purecc-report=report "$@" \
		>output 2>&1
	[ ! -s report ] || fail "$*: there is a report"
}

silent -E source.c
silent -M source.c
silent -fsyntax-only source.c
silent --version
echo 'f: syscall; ret' >assembly.S
silent -c assembly.S
