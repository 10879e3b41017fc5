#!/bin/sh
# Random residual statements give the same results with the plugin as without,
# and each of their calls is seen, once, by a handler.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: residual.sh [COUNT [SEED]]

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"
: "${CC:=gcc}"
count=${1:-2000}
seed=${2:-1}
echo "seed $seed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
each=100

# compile OUTPUT FLAGS...
compile() {
	output=$1
	shift
	"$CC" -w -I"$root/tests/fuzz" -I"$root/include" \
		"$root/tests/fuzz/residual-main.c" "$work/file.c" \
		-o "$work/$output" "$@"
}

done=0
while [ "$done" -lt "$count" ]; do
	if [ $((seed % 2)) -eq 0 ]; then dialect=intel; else dialect=att; fi
	level=-O$((seed / 2 % 3))
	/usr/bin/python3 "$root/tests/fuzz/residual.py" "$seed" "$each" "$dialect" \
		>"$work/file.c"
	compile plain "$level" "-masm=$dialect"
	compile guarded "$level" "-masm=$dialect" -DGUARDED \
		-fplugin="$PURECC_BUILD/purecc.so" "$PURECC_BUILD/libpurecc.a"
	"$work/plain" >"$work/plain.out"
	"$work/guarded" >"$work/off.out"
	"$work/guarded" handler >"$work/on.out" || {
		echo "seed $seed: calls that were not seen"
		exit 1
	}
	for way in off on; do
		cmp "$work/plain.out" "$work/$way.out" || {
			echo "seed $seed, $dialect, $level: not the same, handler $way"
			exit 1
		}
	done
	seed=$((seed + 1))
	done=$((done + each))
done
echo "$done statements"
