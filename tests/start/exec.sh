#!/bin/sh
# What is executed is followed, in whatever way it is, and gets what it would get
# natively.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build child -ldl
build exec
printf '#!%s/child x\n' "$work" >script0
for i in 1 2 3 4; do
	printf '#!%s/script%s %s\n' "$work" $((i - 1)) "$i" >"script$i"
done
printf '#!/usr/bin/env -S child one two\n' >by-env
echo data >data
chmod +x script? by-env data
PATH=$work:$PATH
export PATH

same ./exec "$work/on"
# Natively once, then in five ways.
natively=$(sort on | uniq -c | sed 's/^ *//')
rm on
keep native ./exec "$work/on"
all=$(wc -l <on)
rm on
for way in $ways; do
	keep "$way" ./exec "$work/on"
	handled=$(grep -c -x handled on || :) off=$(grep -c -x off on || :)
	case $way in
	# A call of the program's own, by syscall (), is only seen by a handler.
	off) expected="0 $((all - 1))" ;;
	*) expected="$all 0" ;;
	esac
	[ "$handled $off" = "$expected" ] ||
		fail "$way: followed: $handled $off, not $expected of $all"
	rm on
done
[ "$all" -gt 20 ] || fail "only $all children: $natively"

more=--no-follow
for way in off pass; do
	keep "$way" ./exec "$work/on"
	[ "$(sort -u on)" = native ] || fail "$way: --no-follow"
	rm on
done
exit "$failed"
