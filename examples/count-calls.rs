//! A handler in Rust: how many calls a program makes, of each kind, printed when it
//! ends, to standard error if the program hasn't closed that.
//!
//!     rustc --edition 2021 -O --crate-type cdylib examples/count-calls.rs -o count.so
//!     build/pure-run --handler ./count.so -- bash -c "echo hello"
//
// SPDX-License-Identifier: LGPL-2.1-or-later

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

// What PURE_HANDLER of purecc.h is in C: the handler is set when the library is
// loaded, and la_version makes it an auditor.  pure_interface is PURE_INTERFACE: a
// pure-run that is older refuses the library.
type Handler = extern "C" fn(i64, i64, i64, i64, i64, i64, i64, i64) -> i64;

extern "C" {
    fn pure_pass(number: i64, nr: i64, a1: i64, a2: i64, a3: i64, a4: i64, a5: i64,
                 a6: i64) -> i64;
    fn pure_set_handler(handler: Option<Handler>) -> Option<Handler>;
    fn atexit(function: extern "C" fn()) -> i32;
}

#[no_mangle]
pub extern "C" fn la_version(version: u32) -> u32 {
    version
}

#[used]
#[link_section = "pure_interface"]
static INTERFACE: u32 = 1;

#[used]
#[link_section = ".init_array"]
static START: extern "C" fn() = start;

extern "C" fn start() {
    unsafe {
        atexit(print_counts);
        pure_set_handler(Some(handler));
    }
}

// The handler.  It holds no lock when it passes a call on.
const NONE: AtomicU64 = AtomicU64::new(0);
static COUNTS: [AtomicU64; 512] = [NONE; 512];

extern "C" fn handler(number: i64, nr: i64, a1: i64, a2: i64, a3: i64, a4: i64, a5: i64,
                      a6: i64) -> i64 {
    if let Some(count) = COUNTS.get(number as usize) {
        count.fetch_add(1, Relaxed);
    }
    unsafe { pure_pass(number, nr, a1, a2, a3, a4, a5, a6) }
}

// In this process's last call, exit_group.  One print, so one write: eprintln! makes one
// of each piece of a line, and other processes print in between.
extern "C" fn print_counts() {
    let mut counts: Vec<(u64, usize)> = COUNTS
        .iter()
        .enumerate()
        .map(|(number, count)| (count.load(Relaxed), number))
        .filter(|&(count, _)| count > 0)
        .collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let lines: Vec<String> = counts
        .iter()
        .map(|(count, number)| format!("{count:8} of call {number}\n"))
        .collect();
    eprint!("{}", lines.concat());
}
