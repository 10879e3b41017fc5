#!/bin/sh
# The handlers in docs/handlers.md, the first ones in C, C++ and Rust, compile by the
# commands that stand there, and these print what the page says.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=page.inc disable=SC1091
. "$(dirname "$0")/page.inc"
need cc c++

take "$root/docs/handlers.md" '## The kit'
has failures.c commands.1
! sh -e ./commands.1 >out 2>&1 || exit 1
for line in openat 'cat: /nowhere: No such file or directory'; do
	grep -qx "$line" out || {
		echo "no line of the failures is $line:"
		cat out
		exit 1
	}
done

take "$root/docs/handlers.md" '## A first handler'
has deny.c deny.cc deny.rs
# The last command of each, cat, is denied the file.
for language in 1 2 3; do
	[ "$language" -lt 3 ] || need rustc
	rm -f deny.so
	prints "$language"

	# By other names of the file, and in what is executed; all else is as it was.
	ln -sf /etc/hostname link
	# shellcheck disable=SC2016 # it is for that shell
	build/pure-run --handler ./deny.so -- sh -c 'cd /etc
		for name in hostname ../etc/./hostname /proc/self/cwd/hostname "$1/link"; do
			cat "$name" || true
		done
		cat hosts' sh "$work" >out 2>err
	cmp -s out /etc/hosts || {
		echo "under $language: another output"
		cat out err
		exit 1
	}
	[ "$(grep -c '^denied: openat$' err)" -eq 4 ] || {
		echo "under $language: not four are denied"
		cat err
		exit 1
	}
done
