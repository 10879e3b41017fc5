#!/bin/sh
# examples/count-calls.rs: a handler in Rust, by the commands at its head, under a
# program with threads and forks too.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

need rustc
source=$(dirname "$0")/../../examples/count-calls.rs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rustc --edition 2021 -O --crate-type cdylib "$source" -o "$work/count.so"
options="--handler $work/count.so"

# shellcheck disable=SC2016 # the program's
[ "$(run bash -c 'kill -0 $$; echo hello' 2>"$work/counts")" = hello ]
cat "$work/counts"
# kill; write, of the line; exit_group.
for call in 62 1 231; do
	grep -q "^ *[0-9][0-9]* of call $call\$" "$work/counts"
done
run bash -c 'for i in 1 2 3; do (echo $i) & done; wait' 2>"$work/counts" | sort |
	tr '\n' ' ' >"$work/out"
[ "$(cat "$work/out")" = "1 2 3 " ]
# Each process has counts of its own.
[ "$(grep -c 'of call 231$' "$work/counts")" -eq 4 ]
