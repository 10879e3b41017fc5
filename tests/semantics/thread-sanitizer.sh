#!/bin/sh
# Setting, replacing and clearing the pointer while other threads make calls is
# no data race to ThreadSanitizer, on the system's C library with libpurecc.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

directory=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$directory/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# compile SOURCE OUTPUT
compile() {
	"${CC:-cc}" -fsanitize=thread -O1 -g -Wall -Wextra -pthread \
		-fplugin="$PURECC_BUILD/purecc.so" -I"$root/include" "$1" \
		-o "$2" -L"$PURECC_BUILD" -lpurecc -Wl,-rpath,"$PURECC_BUILD"
}

# run PROGRAM: with a fixed layout, since some sanitizers can't live with the
# kernel's most random ones. Exits with 66 if there was a report.
run() {
	TSAN_OPTIONS='exitcode=66' setarch -R "$1" >"$work/output" 2>&1
}

# One that has a race has to be found out.
cat >"$work/race.c" <<'EOF'
#include <pthread.h>
#include <purecc.h>
static long n;
static long count (long number, long nr, ...) { n++; return number + nr; }
static void *call (void *arg)
{
  long result;
  for (int i = 0; i < 1000; i++)
    __asm__ volatile ("syscall" : "=a" (result) : "0" (1000L)
		      : "rcx", "r11", "memory");
  return arg;
}
int main (void)
{
  pthread_t a, b;
  __pure_syscall = count;
  pthread_create (&a, NULL, call, NULL);
  pthread_create (&b, NULL, call, NULL);
  pthread_join (a, NULL);
  pthread_join (b, NULL);
  return 0;
}
EOF
compile "$work/race.c" "$work/race" || {
	echo "nothing can be built with -fsanitize=thread here"
	exit 77
}
status=0
run "$work/race" || status=$?
[ "$status" -eq 66 ] || {
	cat "$work/output"
	echo "ThreadSanitizer doesn't work here: status $status"
	exit 77
}

compile "$directory/pointer-switched.c" "$work/pointer-switched"
for round in 1 2 3; do
	run "$work/pointer-switched" || {
		status=$?
		cat "$work/output"
		echo "round $round: exit status $status"
		exit 1
	}
done
