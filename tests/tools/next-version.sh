#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What was compiled with this version of purecc runs with the next one, whose interface
# has one name more: a program on its libpurecc.so, a handler by its pure-run. What
# takes the new name is refused here, with a word.
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc
cd "$work"

# The next version: made of what is here, but for its numbers and its new name.
mkdir next
for part in CMakeLists.txt abi cmake debian examples handlers include kit man plugin \
	runtime scripts tools; do
	cp -R "$root/$part" next
done
version=$(sed -n 's/^#define PURE_INTERFACE //p' "$root/include/purecc.h")
sed -i "s/^#define PURE_INTERFACE .*/#define PURE_INTERFACE $((version + 1))\\
int pure_next (void);/" next/include/purecc.h
echo 'int pure_next (void) { return 7; }' >>next/runtime/libpurecc/handler.c
sed -i 's/^    pure_isolated;/&\n    pure_next;/' next/runtime/libpurecc/libpurecc.map
{
	cmake -S next -B out -DBUILD_TESTING=OFF -DCMAKE_C_COMPILER="${CC:-cc}"
	cmake --build out --target pure-run pure_start purecc_shared
} >log 2>&1 || {
	tail log
	exit 1
}

# compile NAME OPTION...: program.c and handler.c with one of the two versions.
compile() {
	name=$1
	shift
	"${CC:-cc}" -O2 "$@" -shared -fPIC handler.c -o "$name.so"
	"${CC:-cc}" -O2 "$@" program.c -lpurecc -o "$name"
}
cat >handler.c <<'C'
#include <purecc.h>
PURE_DESCRIPTION ("passes everything on");
PURE_OPTION (most, "number", "100", "an option");
PURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);
C
cat >program.c <<'C'
#include <purecc.h>
#ifdef NEXT
int number (void) { return pure_next (); }
#endif
int
main (void)
{
  pure_set_handler (NULL);
  return pure_isolated ();
}
C
compile this -I "$root/include" -L "$PURECC_BUILD"
compile next-one -I next/include -L out -DNEXT

# runs BUILD NAME: as a program on that build's libpurecc.so, and as a handler.
runs() {
	LD_LIBRARY_PATH=$1 "./$2" || fail "$2 doesn't run on $1/libpurecc.so"
	for way in '' --same-namespace; do
		# shellcheck disable=SC2086 # none, or one
		"$1/pure-run" --glibc "$PURECC_GLIBC" --handler "./$2.so" -O most=3 \
			$way true || fail "$2.so doesn't run by $1/pure-run $way"
	done
}
runs "$PURECC_BUILD" this
runs out this
runs out next-one
says 2 'newer purecc' "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
	--handler ./next-one.so true
says 127 pure_next env LD_BIND_NOW=1 LD_LIBRARY_PATH="$PURECC_BUILD" ./next-one

# Debian's list of the names has those of this version, and no more.
if command -v dpkg-gensymbols >/dev/null; then
	mkdir -p package/debian
	cp "$root/debian/control" "$root/debian/changelog" package/debian
	gensymbols() {
		env -C package dpkg-gensymbols -c4 -plibpurecc0 -P"$work/package" \
			-O/dev/null -I"$root/debian/libpurecc0.symbols" \
			-e"$(realpath "$1/libpurecc.so.0")" >gensymbols.log 2>&1
	}
	gensymbols "$PURECC_BUILD" || fail "$(cat gensymbols.log)"
	! gensymbols out || fail 'dpkg-gensymbols takes a name that is in no list'
fi
[ "$failed" = 0 ]
