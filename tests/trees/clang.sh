#!/bin/sh
# clang finds itself and its linker.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need clang

scenario() {
	cat >hello.c <<'EOF'
#include <stdio.h>
int main(int argc, char **argv) { printf("hello %s %d\n", argv[0], argc); return 3; }
EOF
	clang -v 2>&1 | grep -v 'Selected\|Candidate'
	clang -O2 hello.c -o hello
	./hello a || echo "status $?"
	clang -fsanitize=address -g hello.c -o hello && ./hello || echo "status $?"
}

compare
