#!/bin/sh
# An isolated handler is called on a stack of its own, unless it says that it needs none;
# with flags that aren't known it isn't installed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

# It says, for the program's first call, whether it is on the main thread's stack.
cat >"$work/handler.c" <<'EOF'
#include <purecc.h>
#include <stdio.h>
#include <string.h>

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  static int called;

  if (!called++)
    {
      char line[256];
      unsigned long from, to, here = (unsigned long) line;
      FILE *maps = fopen ("/proc/self/maps", "r");
      while (fgets (line, sizeof line, maps))
	if (strstr (line, "[stack]") && sscanf (line, "%lx-%lx", &from, &to) == 2)
	  fprintf (stderr, "%s\n",
		   here >= from && here < to ? "the program's" : "its own");
      fclose (maps);
    }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER_FLAGS ((pure_handler_t) (void (*) (void)) handler, pure_no_init, FLAGS);
EOF

# says WORDS FLAGS
says() {
	sed "s/FLAGS)/$2)/" "$work/handler.c" >"$work/with-flags.c"
	build_handler "$work/with-flags.c"
	run "$work/handler.so" true 2>"$work/out"
	[ "$(cat "$work/out")" = "$1" ] || {
		echo "$2: not '$1', but:"
		cat "$work/out"
		exit 1
	}
}

says "its own" 0
says "the program's" PURE_ON_PROGRAM_STACK
says "" "1u << 31"
