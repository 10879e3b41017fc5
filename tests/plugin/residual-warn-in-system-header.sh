#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A residual site in a system header is warned of as any other, and an object
# of C++ too.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

mkdir -p include
echo 'static inline long header_call (void)
{
  long result;
  __asm__ volatile ("nop; syscall" : "=a" (result) : "0" (39L)
		    : "rcx", "r11", "memory");
  return result;
}' >include/header.h
echo '#include <header.h>
long use (void) { return header_call (); }' >source.c
cp source.c source.cc

for source in source.c source.cc; do
	"$(compiler_for $source)" -isystem include -c $source -o source.o \
		-fplugin="$PLUGIN" -fplugin-arg-purecc-residual=warn 2>messages
	grep -q 'header.h:4:.*warning: .* stays native' messages || {
		show messages
		fail "$source: no warning for a site in a system header"
	}
done
