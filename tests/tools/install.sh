#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `cmake --install' writes below the prefix that it is given, with DESTDIR below
# that, and nowhere else; and what it has installed works where it is.
#
# PURECC_BUILD  the build directory; the default is build/ of the sources
# PURECC_GLIBC  a pure glibc; without one pure-run starts nothing, and the test
#               counts as skipped
# CC            the GCC that the build is for
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${PURECC_BUILD:-$here/../../build}" && pwd)
glibc=${PURECC_GLIBC:-$build/pure-glibc}
has_glibc=false
if [ -e "$glibc/lib64/ld-linux-x86-64.so.2" ]; then
	has_glibc=true
fi
cc=${CC:-gcc}
failed=0

work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
	echo "FAILED: $*"
	failed=1
}

cached() {
	sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

# works COMMAND...: exits with 0; what it prints is shown only if not.
works() {
	"$@" >works.log 2>&1 || {
		fail "exit status $?: $*"
		cat works.log
	}
}

# install PREFIX [DESTDIR]: all that is written is in DESTDIR/PREFIX.
install() {
	touch "$work/before"
	works env DESTDIR="${2-}" cmake --install "$build" --prefix "$1"
	grep -v "^$1/" "$build/install_manifest.txt" >outside || :
	# The prefix that the build was configured for is left alone.
	find "$(cached CMAKE_INSTALL_PREFIX)" -path '*pure*' -newer before \
		>>outside 2>/dev/null || :
	if [ -s outside ]; then
		fail "--prefix $1 and DESTDIR=${2-}: written elsewhere:"
		cat outside
	fi
	while read -r file; do
		[ -e "${2-}$file" ] || fail "it is not there: ${2-}$file"
	done <"$build/install_manifest.txt"
}

# A site of each kind that purecc handles: by the plugin and by the prelude.
cat >program.c <<'END'
#include "purecc.h"

long assembly (void);

static long
handler (long number, long nr, ...)
{
  (void) nr;
  return number == 3001 || number == 3002 ? 1 : -38;
}

int
main (void)
{
  long result = 3001;

  __pure_syscall = handler;
  asm volatile ("syscall" : "+a" (result) : : "rcx", "r11", "memory");
  return result == 1 && assembly () == 1 ? 0 : 1;
}
END
cat >assembly.s <<'END'
	.globl assembly
	.type assembly, @function
assembly:
	mov $3002, %eax
	syscall
	ret
	.size assembly, . - assembly
	.section .note.GNU-stack, "", @progbits
END

# of_prefix PREFIX: what purecc adds to a command is from there.
of_prefix() {
	version=$("$cc" -dumpversion)
	printed=$("$1/bin/purecc" --print "$cc" -c x.c |
		sed -e "s|=$1/lib[^ ]*purecc/|=|g" -e "s|=$1/lib|=lib|" \
			-e "s/'//g")
	expected="$cc -fplugin=gcc-${version%%.*}/purecc.so"
	expected="$expected -fplugin-arg-purecc-libdir=lib"
	expected="$expected -fplugin-arg-purecc-verify"
	expected="$expected -specs=purecc-as.specs -specs=purecc-verify.specs"
	expected="$expected -specs=purecc-ld.specs -specs=purecc-rpath.specs"
	expected="$expected -c x.c"
	[ "$printed" = "$expected" ] || fail "not all is from $1: $printed"
}

# programs PREFIX: each of them works from there.
programs() {
	bin=$1/bin
	of_prefix "$1"
	works "$bin/purecc" "$cc" -O2 -I "$1/include" program.c assembly.s \
		-o program
	works ./program
	works "$bin/pure-audit" ./program
	for option in --version --help; do
		works "$bin/purecc" "$option"
		works "$bin/pure-audit" "$option"
		works "$bin/pure-run" "$option"
	done
	handlers "$1"
}

# handlers PREFIX: pure-run finds the handlers there, and a pure glibc.
handlers() {
	"$1/bin/pure-run" --glibc / --handler none true 2>message && :
	grep -q -F "$1/" message || {
		fail "pure-run looks for handlers elsewhere:"
		cat message
	}
	$has_glibc || return 0
	data=$(dirname "$(dirname "$(find "$1" -name pass.so)")")
	ln -sf "$glibc" "$data/pure-glibc"
	works "$1/bin/pure-run" --handler pass true
}

install "$work/prefix"
programs "$work/prefix"

# As a package is made: staged, then moved to its place.
install "$work/place of it" "$work/stage"
[ ! -e "$work/place of it" ] || fail "DESTDIR is not honoured"
works "$work/stage$work/place of it/bin/pure-run" --version
works "$work/stage$work/place of it/bin/pure-audit" --version
mv "$work/stage$work/place of it" "$work/place of it"
programs "$work/place of it"

# To where it was not made for.
mv "$work/place of it" "$work/another place"
programs "$work/another place"

[ "$failed" = 0 ] || exit 1
if ! $has_glibc; then
	echo "skipped: no program was run, there is no pure glibc in $glibc"
	exit 77
fi
