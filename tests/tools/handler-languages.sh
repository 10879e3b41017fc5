#!/bin/sh
# A handler loads in whatever way it is compiled: as C and as C++, with hidden
# visibility, in the other order of headers, by clang; isolated or not.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc

# It answers getppid itself.
cat >"$work/handler.h" <<'END'
static long
handler (long number, long nr, long a, long b, long c, long d, long e, long f)
{
  if (number == SYS_getppid)
    return 4711;
  return pure_pass (number, nr, a, b, c, d, e, f);
}
END
cat >"$work/plain.c" <<'END'
#include <purecc.h>
#include <sys/syscall.h>
#include "handler.h"
PURE_HANDLER ((pure_handler_t) (void (*) (void)) handler);
END
cat >"$work/after-link.c" <<'END'
#define _GNU_SOURCE
#include <link.h>
#include "plain.c"
END
cat >"$work/plain.cc" <<'END'
#include <purecc.h>
#include <sys/syscall.h>
#include "handler.h"
PURE_HANDLER (reinterpret_cast<pure_handler_t> (handler));
END
cat >"$work/after-link.cc" <<'END'
#include <link.h>
#include "plain.cc"
END
cat >"$work/in-a-namespace.cc" <<'END'
#include <purecc.h>
#include <sys/syscall.h>
namespace mine
{
#include "handler.h"
PURE_OPTION (output, "file", "", "where nothing goes");
PURE_HANDLER (reinterpret_cast<pure_handler_t> (handler));
}
END
cat >"$work/program.c" <<'END'
#include <unistd.h>
int main (void) { return getppid () == 4711 ? 0 : 1; }
END
cd "$work"
cc=${CC:-gcc}
"$cc" program.c -o program
failed=

# try COMPILER SOURCE FLAG...: no warning, and it is the handler.
try() {
	compiler=$1 source=$2
	shift 2
	"$compiler" -Wall -Wextra -Wmissing-declarations -Werror -O2 -shared -fPIC \
		-I"$root/include" "$@" "$source" -o handler.so || {
		echo "it doesn't compile: $compiler $* $source"
		failed=yes
		return 0
	}
	for how in '' --same-namespace; do
		# shellcheck disable=SC2086
		"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" $how \
			--handler ./handler.so -- ./program || {
			echo "exit status $?, $how: $compiler $* $source"
			failed=yes
		}
	done
}

for c in "$cc" clang; do
	command -v "$c" >/dev/null || continue
	for flags in -fvisibility=default -fvisibility=hidden; do
		for source in plain.c after-link.c; do
			try "$c" "$source" "$flags"
		done
	done
	try "$c" plain.c -std=c99
	case $c in
	clang) cxx=clang++ ;;
	*) cxx=$(printf '%s' "$c" | sed 's/gcc\([^/]*\)$/g++\1/') ;;
	esac
	for flags in -fvisibility=default -fvisibility=hidden -std=c++11; do
		for source in plain.cc after-link.cc in-a-namespace.cc; do
			try "$cxx" "$source" "$flags"
		done
	done
done
[ -z "$failed" ]
