#!/bin/sh
# Threads are cancelled, many of them, before, in and after all kinds of calls: none
# is lost, none crashes, and none leaves anything of a handler's on. So it is without a
# handler, with pass, trace, and one that takes its time and makes other calls of some,
# in the program's namespace and isolated:
#
#   cancel-many.sh [COUNT]
#
# COUNT cancellations a way, 1000 if it isn't given.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=semantics.inc
. "$(dirname "$0")/semantics.inc"

count=${1:-1000}
[ "$count" -gt 0 ] 2>/dev/null || {
	echo "$count: not a number of cancellations; usage: cancel-many.sh" \
		"[COUNT]" >&2
	exit 2
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources=$directory/cancel-many
"${CC:-cc}" -O2 -g -Wall -Wextra -fexceptions -shared -fPIC -I"$root/include" \
	"$sources/slow.c" -Wl,-z,now -o "$work/slow.so"
build_program "$sources/program.c" "$work/program" -I"$root"

failed=
# cancel WHAT OPTION...: under pure-run with these.
cancel() {
	what=$1
	shift
	status=0
	"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" "$@" -- \
		"$work/program" "$count" >"$work/output" 2>&1 || status=$?
	echo "$what: $(tail -n 1 "$work/output")"
	[ "$status" -ne 0 ] || return 0
	tail -n 20 "$work/output"
	echo "$what: exit status $status"
	failed=yes
}

cancel 'no handler'
for way in isolated same-namespace; do
	option=
	[ "$way" = isolated ] || option=--same-namespace
	for handler in pass trace "$work/slow.so"; do
		set -- --handler "$handler"
		[ "$handler" != trace ] || set -- "$@" -o "$work/trace"
		# shellcheck disable=SC2086 # none or one
		cancel "$(basename "$handler" .so), $way" "$@" $option
	done
done
[ -z "$failed" ]
