#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `cmake --install' writes below the prefix that it is given, with DESTDIR below
# that, and nowhere else; and what it has installed works where it is, for one who
# has no rights there, also when it has been moved.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"

# The lines of a trace of files that were written, outside of the places named.
outside() {
	sed -nE '/ = -1 /d
		/O_(WRONLY|RDWR|CREAT)|^[0-9]+ +(mkdir|rename|symlink|link|unlink|rmdir|ch)/ {
			/O_PATH/d; p }' "$1" |
		grep -vF -e "\"$work/" -e "\"$build/" -e '"/dev/' -e '"/proc/' \
			-e 'AT_FDCWD, "st' -e "<$work" -e "<$build" || :
}

# install PREFIX [DESTDIR]: all that is written is in DESTDIR/PREFIX.
install() {
	set -- "$1" "${2-}" cmake --install "$build" --prefix "$1"
	prefix=$1 stage=$2
	shift 2
	if strace -o /dev/null true 2>/dev/null; then
		set -- strace -f -y -o written -e trace=file "$@"
	else
		: >written
	fi
	works env DESTDIR="$stage" "$@"
	outside written >elsewhere
	grep -v "^$prefix/" "$build/install_manifest.txt" >>elsewhere || :
	if [ -s elsewhere ]; then
		fail "--prefix $prefix and DESTDIR=$stage: written elsewhere:"
		cat elsewhere
	fi
	while read -r file; do
		[ -e "$stage$file" ] || fail "it is not there: $stage$file"
	done <"$build/install_manifest.txt"
}

# A site of each kind that purecc handles: by the plugin and by the prelude.
cat >user/program.c <<'END'
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
assembly_site >user/assembly.s
# A handler of one's own, which uses its C library.
cat >user/own.c <<'END'
#include <purecc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

static long
own (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  if (number == SYS_write && a1 == 1)
    {
      char *text = memset (malloc (a3), 'x', a3);
      long result = pure_native_syscall (SYS_write, 1, (long) text, a3, 0, 0, 0);
      free (text);
      return result;
    }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER ((pure_handler_t) own);
END

cat >user/math.c <<'END'
#include <math.h>
#include <unistd.h>

extern void *__pure_syscall;

int
main (int argc, char **argv)
{
  return cos (argc - 1) == 1 && !__pure_syscall && getppid () ? 0 : argv[0][0];
}
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
	works as_user "$bin/purecc" "$cc" -O2 -I "$1/include" program.c \
		assembly.s -o program
	works as_user ./program
	works as_user "$bin/pure-audit" ./program
	for option in --version --help; do
		works as_user "$bin/purecc" "$option"
		works as_user "$bin/pure-audit" "$option"
		works as_user "$bin/pure-run" "$option"
	done
	handlers "$1"
}

# static DIRECTORY: a program is linked with the static libraries that are there, those
# that linker scripts lead to as well, and with no other.
static() {
	works as_user "$cc" -static math.c -L"$1" -lm -Wl,--trace -o math
	grep -F libm works.log | grep -vF "$1/" >other && fail "$(cat other)"
	works as_user ./math
}

# handlers PREFIX: pure-run finds those there, the pure glibc, and one of one's own.
handlers() {
	run=$1/bin/pure-run
	! as_user "$run" --glibc / --handler none true 2>message ||
		fail "--handler none"
	grep -q -F "$1/" message || {
		fail "pure-run looks for handlers elsewhere:"
		cat message
	}
	$has_glibc || {
		! as_user "$run" true 2>message || fail "there is no pure glibc"
		grep -q 'install it' message || fail "$(cat message)"
		return 0
	}
	for handler in pass trace; do
		works as_user "$run" --handler "$handler" -- ls /
	done
	# By a link to the program, and in a program's children.
	as_user mkdir -p bin
	as_user ln -sf "$run" bin/pure-run
	works as_user "$cc" -shared -fPIC -I "$1/include" own.c -o own.so
	got=$(as_user bin/pure-run --handler ./own.so -- \
		sh -c 'ls >/dev/null; printf hello') || fail "status $?: own.so"
	[ "$got" = xxxxx ] || fail "own.so: $got"
	works as_user "$run" --check -- ls
	static "$(dirname "$(find "$1" -name libc.a)")"
	works as_user "$1/bin/pure-audit" \
		"$(dirname "$(find "$1" -name pure-start.so)")/pure-glibc"
}

# licences PREFIX: those of all that is in it.
licences() {
	for file in LICENSES/GPL-3.0-or-later.txt LICENSES/LGPL-2.1-or-later.txt; do
		[ -s "$1/share/doc/purecc/$file" ] || fail "there is no $file"
	done
	! $has_glibc || [ -s "$1/share/doc/purecc/pure-glibc/SOURCE" ] ||
		fail "it isn't said what the pure glibc is made of"
}

install "$work/prefix"
programs "$work/prefix"
licences "$work/prefix"
size=$(du -sm "$work/prefix" | cut -f 1)
[ "$size" -lt 60 ] || fail "it takes $size MB: is the pure glibc stripped?"

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

# What debuggers read is there for each library that has a build ID.
if $has_glibc; then
	works env DESTDIR="$work/debug" cmake --install "$build" --prefix / \
		--component debug
	libc=$(find "$work/prefix" -name libc.so.6)
	id=$(readelf -n "$libc" | sed -n 's/.*Build ID: //p')
	file=debug/lib/debug/.build-id/$(echo "$id" | sed 's,^..,&/,').debug
	readelf -SW "$file" 2>/dev/null | grep -q '\.debug_info' || fail "no $file"
	! readelf -SW "$libc" | grep -q '\.debug_info' || fail "$libc isn't stripped"
fi
end
