#!/bin/sh
# The benchmarks run, and what they write has the shape that it should have:
# two rows, two columns, one short round.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
: "${PURECC_BUILD:=$root/build}"
: "${PURECC_GLIBC:=$PURECC_BUILD/pure-glibc}"
: "${PURECC_STOCK:=$PURECC_BUILD/stock-glibc}"
export PURECC_BUILD PURECC_GLIBC PURECC_STOCK

for glibc in "$PURECC_GLIBC" "$PURECC_STOCK"; do
	[ -e "$glibc/lib/x86_64-linux-gnu/libc.so.6" ] || {
		echo "no glibc in $glibc"
		exit 77
	}
done
for program in python3 hyperfine taskset; do
	command -v "$program" >/dev/null || {
		echo "no $program here"
		exit 77
	}
done

# The statistics, on numbers whose result is known.
python3 -B -m doctest "$root/bench/measure/ratios.py"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# All calls from libc.so are one piece of work, and true is a whole command.
python3 -B "$root/bench/measure" --quick --out "$work" --rows libc,true \
	--columns stock,again,pass --rounds 1 >"$work/printed"
python3 "$root/bench/check-shape.py" "$work" stock,again,pass


status=0
python3 -B "$root/bench/measure" --out "$work" --rows nothing 2>"$work/error" ||
	status=$?
if [ "$status" -ne 2 ] || ! grep -q 'there is no nothing' "$work/error"; then
	cat "$work/error"
	echo "a row that isn't there was taken"
	exit 1
fi
