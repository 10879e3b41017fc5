#!/bin/sh
# No fewer C libraries fit into a program's namespaces than natively, which its room for
# static TLS decides: a pure one needs no more of that than a stock one. (Where there is
# an auditor, a loader has more room.)
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/fill.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
int main (void)
{
  int count = 0;
  while (dlmopen (LM_ID_NEWLM, "libc.so.6", RTLD_NOW))
    count++;
  printf ("%d, then: %s\n", count, dlerror ());
  return 0;
}
END
"${CC:-cc}" "$work/fill.c" -o "$work/fill" -ldl

native=$("$work/fill" | sed 's/,.*//')
# try WAY OPTION...
try() {
	way=$1
	shift
	said=$("$pure_run" --quiet --glibc "$PURECC_GLIBC" "$@" -- "$work/fill")
	[ "${said%%,*}" -ge "$native" ] || {
		echo "$way: $said; natively $native"
		exit 1
	}
}

try off
try pass --handler pass
try 'pass inside' --handler pass --same-namespace
