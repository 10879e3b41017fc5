#!/bin/sh
# valgrind reads the call frame information of a pure glibc, a program is taken over
# under it, whether pure-run starts valgrind or the other way round, and it has nothing
# to say of that: without a handler, and with one in the program's namespace.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
need valgrind

valgrind -q --error-exitcode=9 /bin/ls / >/dev/null 2>&1 || {
	echo "valgrind complains of ls on the system's glibc"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/on.c" <<'EOF'
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
int main (void)
{
  void **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  free (malloc (1000));
  puts (!pointer ? "native" : *pointer ? "handled" : "off");
  return 0;
}
EOF
"${CC:-cc}" "$work/on.c" -o "$work/on" -ldl

# try EXPECTED OPTION...
try() {
	expected=$1
	shift
	valgrind -q --trace-children=yes --log-file="$work/log.%p" "$pure_run" \
		--quiet --glibc "$PURECC_GLIBC" "$@" -- "$work/on" >"$work/said"
	[ "$(cat "$work/said")" = "$expected" ] || {
		echo "$*: it says $(cat "$work/said"), not $expected"
		exit 1
	}
	# What valgrind said of pure-run itself, which is static, is overwritten by now.
	"$pure_run" --quiet --glibc "$PURECC_GLIBC" "$@" -- \
		valgrind -q --log-file="$work/log.inside.%p" "$work/on" >"$work/said"
	[ "$(cat "$work/said")" = "$expected" ] || {
		echo "valgrind under $*: it says $(cat "$work/said"), not $expected"
		exit 1
	}
	if grep . "$work"/log.*; then
		exit 1
	fi
	rm "$work"/log.*
}

try off
try handled --handler pass --same-namespace
