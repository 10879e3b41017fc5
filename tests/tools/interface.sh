#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A handler that was compiled with the purecc.h of a newer purecc is refused with a
# word; one of a purecc.h that said no version runs.
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc
cd "$work"
run="$PURECC_BUILD/pure-run --glibc $PURECC_GLIBC"

cat >handler.c <<'END'
#include <purecc.h>
PURE_DESCRIPTION ("passes everything on");
PURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);
END

# compile NAME VERSION: a handler for that version of the interface.
compile() {
	mkdir "$1"
	sed "s/^\(#define PURE_INTERFACE\) .*/\1 $2/" "$root/include/purecc.h" \
		>"$1/purecc.h"
	grep -q "PURE_INTERFACE $2$" "$1/purecc.h" || fail 'no PURE_INTERFACE'
	"${CC:-cc}" -O2 -shared -fPIC -I "$1" handler.c -o "$1.so"
}

version=$(sed -n 's/^#define PURE_INTERFACE //p' "$root/include/purecc.h")
compile same "$version"
compile newer $((version + 1))
objcopy --remove-section pure_interface same.so older.so

# Its path has no blanks.
# shellcheck disable=SC2086
{
	for handler in same older; do
		for way in '' --same-namespace; do
			$run --handler ./$handler.so $way true || fail "$handler $way"
		done
	done
	for way in '' --same-namespace; do
		says 2 'newer.so is compiled with the purecc.h of a newer purecc' \
			$run --handler ./newer.so $way true
	done
}
[ "$failed" = 0 ]
