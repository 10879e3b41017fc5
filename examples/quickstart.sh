#!/bin/sh
# From nothing to real programs that run on a pure glibc under a handler.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: sh examples/quickstart.sh
#
# Installs the packages that are missing, builds plugin, runtime and tools, and
# the pure glibc (some minutes, the first time), and then lets Debian's ls,
# python3 and git run on it while a handler writes down each system call.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/prepare.sh" git python3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pure_run=$root/build/pure-run

# show WHAT COMMAND...: run it traced, and show the end of both its output and
# its trace.
show() {
	name=$1
	shift
	printf '\n== pure-run --handler trace -- %s\n' "$*"
	status=0
	"$pure_run" --handler trace -o "$work/$name.trace" -- "$@" \
		>"$work/$name.out" 2>&1 || status=$?
	tail -n 4 "$work/$name.out" | sed 's/^/    /'
	echo "  the last system calls that it made:"
	tail -n 4 "$work/$name.trace" | cut -c 1-100 | sed 's/^/    /'
	calls=$(wc -l <"$work/$name.trace")
	printf '%-10s %9d %7d\n' "$name" "$calls" "$status" >>"$work/summary"
	[ "$status" -eq 0 ] && [ "$calls" -gt 10 ] || failed=yes
}

failed=
show ls /bin/ls -l /etc/passwd /etc/hostname
show python3 /usr/bin/python3 -c 'import os, sys; print("python", sys.version.split()[0], "process", os.getpid() > 0)'
show git git init -q "$work/repository"

printf '\n== the handler that is examples/passwd-redirect.c, and a file of its own\n'
echo 'root:x:0:0:another root:/:/bin/sh' >"$work/passwd"
OTHER_PASSWD=$work/passwd "$pure_run" --same-namespace --handler "$root/build/examples/passwd-redirect.so" \
	-- cat /etc/passwd | head -n 2 | sed 's/^/    /'

printf '\n== a project with system calls of its own, compiled with the plugin\n'
"$root/build/examples/greet" | sed 's/^/    /'

printf '\n%-10s %9s %7s\n' program 'calls' 'exit'
cat "$work/summary"
if [ -n "$failed" ]; then
	echo "something went wrong: see above" >&2
	exit 1
fi
echo "each of these calls was made by way of a function in the program's own process."
