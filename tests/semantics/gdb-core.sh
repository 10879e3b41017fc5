#!/bin/sh
# A handler that crashes: the core dump's backtrace leads from the handler by
# the function with the site to main, in the program's namespace and isolated;
# from a guarded site, from one that takes the thunk, and from libc.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=semantics.inc
. "$(dirname "$0")/semantics.inc"

command -v gdb >/dev/null || {
	echo "no gdb here"
	exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build_handler "$work"

cat >"$work/crash.c" <<'EOF'
#include <string.h>
#include <sys/syscall.h>
#include "semantics.h"

static __attribute__ ((__noinline__)) long
guarded (void)
{
  return site1 (CONTROL_PROBE, 1) + 1;
}

static __attribute__ ((__noinline__)) long
thunked (void)
{
  long result;
  __asm__ volatile ("nop; syscall" : "=a" (result) : "0" ((long) CONTROL_PROBE)
		    : "rcx", "r11", "memory");
  return result + 1;
}

static __attribute__ ((__noinline__)) long
libc (void)
{
  return lseek (1, 0, SEEK_CUR) + 1;
}

static __attribute__ ((__noinline__)) long
in_between (const char *which)
{
  return (strcmp (which, "guarded") == 0   ? guarded ()
	  : strcmp (which, "thunked") == 0 ? thunked ()
					   : libc ()) + 1;
}

int
main (int argc, char **argv)
{
  if (argc != 2 || way () == NO_HANDLER)
    return 2;
  rule (CONTROL_PROBE, ACTION_CRASH, 0);
  rule (SYS_lseek, ACTION_CRASH, 0);
  return in_between (argv[1]) == 0;
}
EOF
# A program that the kernel starts: to gdb, what pure-run starts is the loader.
build_program "$work/crash.c" "$work/crash" "-Wl,--dynamic-linker=$loader" \
	"-Wl,-rpath,$(dirname "$libc")"

# frames FILE: the functions of a backtrace, the innermost first.
frames() {
	grep '^#' "$1" |
		sed 's/^#[0-9]* *\(0x[0-9a-f]* in \)\{0,1\}//; s/ .*//' |
		tr '\n' ' '
}

debugger() {
	gdb -q -batch -nx -ex 'set debuginfod enabled off' \
		-ex 'set startup-with-shell off' "$@" 2>&1 || :
}

# try VARIABLE SITE
try() {
	rm -f "$work/core"
	debugger -ex "set environment $1=$work/control.so" -ex run \
		-ex "generate-core-file $work/core" --args "$work/crash" "$2" \
		>"$work/run"
	[ -e "$work/core" ] || {
		cat "$work/run"
		grep -q 'ptrace: Operation not permitted' "$work/run" && exit 77
		echo "$1, $2: no core"
		exit 1
	}
	debugger -ex backtrace "$work/crash" "$work/core" >"$work/backtrace"
	frames "$work/backtrace" |
		grep -q "control .*$2 in_between main $" || {
		cat "$work/backtrace"
		echo "$1, $2: no way from the handler by the site to main"
		exit 1
	}
}

for site in guarded thunked libc; do
	try LD_PRELOAD $site
	try LD_AUDIT $site
done
