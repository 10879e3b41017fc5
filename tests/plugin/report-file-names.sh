#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# File and function names with quotes, backslashes, control characters and
# letters outside of ASCII are written as JSON has them, and those of C++ as
# its messages have them. The report's own name may have spaces.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

body='{ long r; __asm__ volatile ("syscall" : "=a" (r) : "0" (39L) : "rcx", "r11", "memory"); return r; }'
cat >source.c <<EOF
#line 1 "a \\"quoted\\" \\\\ name.c"
long f (void) $body
#line 1 "tab\\tname.c"
long g (void) $body
#line 1 "ümlaut.c"
long h (void) $body
EOF
cat >expected <<'EOF'
{"file": "a \"quoted\" \\ name.c", "line": 1, "function": "f"}
{"file": "tab\u0009name.c", "line": 1, "function": "g"}
{"file": "ümlaut.c", "line": 1, "function": "h"}
EOF
rm -f 'a report'
# Not assembled: GCC gives the assembler the name without the backslashes before
# its quotes, which one of binutils 2.47 refuses.
"$CC" -fplugin="$PLUGIN" '-fplugin-arg-purecc-report=a report' -S source.c \
	-o source.s
expect_report 'a report' expected

cat >source.cc <<EOF
struct S { long operator+ (int) const $body operator bool () const $body ~S (); };
S::~S () { long r; __asm__ volatile ("syscall" : "=a" (r) : "0" (39L)); }
template <typename T> long t (T) $body
long u (S s) { auto lambda = [] $body; return s + 1 + s + t ("x") + lambda (); }
EOF
cat >expected <<'EOF'
{"line": 1, "function": "S::operator+"}
{"line": 1, "function": "S::operator bool"}
{"line": 2, "function": "S::~S"}
{"line": 3, "function": "t<const char*>"}
{"line": 4, "function": "u(S)::<lambda()>::operator()"}
EOF
rm -f report
"$CXX" -fplugin="$PLUGIN" -fplugin-arg-purecc-report=report -c source.cc \
	-o source.o
expect_report report expected
