#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sites in a shared library, that results in thread local variables go through
# (whose address takes a call), and in one that is opened at run time.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >library.c <<'EOF'
#include "sites.h"
__thread long thread_variable;

static void
to_thread_variable (long d, long e, long f)
{
  register long r10 __asm__ ("r10") = d;
  register long r8 __asm__ ("r8") = e;
  register long r9 __asm__ ("r9") = f;
  __asm__ volatile ("syscall"
		    : "=a" (thread_variable)
		    : "a" (FIRST_CALL), "D" (1L), "S" (2L), "d" (3L),
		      "r" (r10), "r" (r8), "r" (r9)
		    : CLOBBERS);
}

void
test (void)
{
  check_sites ();
  answer = 77;
  to_thread_variable (4, 5, 6);
  check_call (FIRST_CALL, 6, 1L, 2L, 3L, 4L, 5L, 6L);
  check_equal (thread_variable, 77);
}
EOF
cat >opener.c <<'EOF'
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
void
test (void)
{
  void *library = dlopen ("./library.so", RTLD_NOW);
  void (*run) (void) = library ? (void (*) (void)) dlsym (library, "test") : 0;
  if (!run)
    {
      fprintf (stderr, "%s\n", dlerror ());
      exit (1);
    }
  run ();
}
EOF

build_runtime
"$CC" -c opener.c -o opener.o
for mode in inline call; do
	for flags in -O0 -O2 '-O2 -ftls-model=global-dynamic' \
		'-O2 -fsanitize-coverage=trace-pc' '-O2 -Wl,-Bsymbolic'; do
		# shellcheck disable=SC2086 # flags are a list of words
		"$CC" $flags -fPIC -shared -I "$LIB" -fplugin="$PLUGIN" \
			-fplugin-arg-purecc-mode=$mode library.c \
			-x assembler-with-cpp "$LIB/hooks.S" -o library.so
		"$CC" -Wl,--start-group libtesting.a library.so -Wl,--end-group \
			-Wl,-rpath,. -o linked
		./linked || fail "$flags, $mode: linked"
		"$CC" -rdynamic opener.o -Wl,--whole-archive libtesting.a \
			-Wl,--no-whole-archive -ldl -o opened
		./opened || fail "$flags, $mode: opened"
	done
done
