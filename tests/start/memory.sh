#!/bin/sh
# A program that may have little memory: without a handler, and with one in its own
# namespace, with as little as natively; with an isolated one with some more.  With too
# little it says so, and never runs without its handler.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build child -ldl
# child's exit status where it ends well.
fine=7
command -v prlimit >/dev/null || {
	echo "no prlimit here"
	exit 77
}

# with MEGABYTES: child, with so much, from a shell that is followed.
with() {
	rm -f said
	keep "$way" sh -c "prlimit --as=$(($1 << 20)) ./child said; exit \$?"
	grep -q "exit status $fine" "$way.out"
}

# The least that is enough, in $least.
find_least() {
	least=1
	until with "$least"; do
		least=$((least + 1))
		[ "$least" -lt 200 ] || fail "$way: nothing is enough"
	done
}

way=native
find_least
natively=$least
for way in $ways; do
	for size in 1 2 3 4 6 8 10 12 14; do
		if with "$size"; then
			[ "$way" = off ] || [ "$(cat said)" = handled ] ||
				fail "$way: $size MiB: no handler"
		else
			[ -s "$way.err" ] || fail "$way: $size MiB: it says nothing"
		fi
	done
	find_least
	case $way in
	pass | trace) most=$((natively + 16)) ;; # isolated
	*) most=$((natively + 1)) ;;
	esac
	echo "$way: $least MiB, natively $natively"
	[ "$least" -le "$most" ] || fail "$way: it takes $least MiB, not $most"
done
exit "$failed"
