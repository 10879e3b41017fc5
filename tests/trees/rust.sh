#!/bin/sh
# rustc finds its libraries and a linker; cargo builds, tests and runs by it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need rustc cargo cc

scenario() {
	export HOME="$TREE_HOME" CARGO_TERM_COLOR=never
	cat >hello.rs <<'EOF'
fn main() {
    println!("{:?}", std::env::current_exe().unwrap());
    let out = std::process::Command::new("echo").arg("in").output().unwrap();
    println!("{:?}", out);
}
EOF
	rustc --print sysroot
	rustc -O hello.rs && ./hello
	cargo new -q --vcs none small
	cd small
	cargo build -q --offline
	./target/debug/small
	cargo test -q --offline | sed 's/finished in .*//'
	cargo run --offline --release 2>&1 | sed 's/in [0-9.]*s$//'
}

compare
