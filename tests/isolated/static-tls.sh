#!/bin/sh
# Programs that need static TLS start under an isolated handler as natively: with
# much of it in a library, with what sanitizers have, and in threads with a stack of
# the least size.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build_handler "$directory/loads.c"
cat >"$work/main.c" <<'END'
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

extern int number (void);

static void *
work (void *arg)
{
  return (void *) (long) (number () + getppid () == 0);
}

int
main (void)
{
  pthread_t thread;
  pthread_attr_t attr;
  void *result;

  if (pthread_attr_init (&attr) != 0
      || pthread_attr_setstacksize (&attr, STACK) != 0
      || pthread_create (&thread, &attr, work, NULL) != 0
      || pthread_join (thread, &result) != 0)
    return 2;
  return number () != 3 || result != NULL;
}
END
cat >"$work/library.c" <<'END'
__thread char data[SIZE] __attribute__ ((tls_model ("initial-exec"))) = { 3 };
int number (void) { return data[0] + data[SIZE - 1]; }
END

# check SIZE STACK FLAG...
check() {
	size=$1 stack=$2
	shift 2
	"$CC" -O1 -shared -fPIC -DSIZE="$size" "$work/library.c" -o "$work/libdata.so"
	"$CC" -O1 -g -pthread -DSTACK="$stack" "$@" "$work/main.c" -o "$work/main" \
		-L"$work" -ldata -Wl,-rpath,"$work"
	native=0 status=0
	"$work/main" >"$work/out" 2>&1 || native=$?
	run "$work/handler.so" "$work/main" >"$work/out" 2>&1 || status=$?
	[ "$status" -eq "$native" ] || {
		echo "$size bytes, $*: exit status $status, natively $native"
		cat "$work/out"
		exit 1
	}
}

for size in 16 8192 100000 1000000; do
	check "$size" '(1 << 21)'
done
check 16 PTHREAD_STACK_MIN
check 16 '(1 << 21)' -fsanitize=address
check 16 '(1 << 21)' -fsanitize=undefined
