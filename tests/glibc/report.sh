#!/bin/sh
# The report of the glibc build: whole lines, every site that libc.so.6 and
# ld.so have in them, the macro chains, and no warning but the ones that
# docs/glibc.md lists.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
report=$PURECC_GLIBC.work/sites.jsonl
log=$PURECC_GLIBC.work/log
[ -e "$report" ] || {
	echo "no report of the build: $report"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The guarded sites of the shared and of the static library.
guarded=0
for file in lib/x86_64-linux-gnu/libc.so.6 usr/lib/x86_64-linux-gnu/libc.a; do
	"$PURECC_BUILD/pure-audit" --list "$PURECC_GLIBC/$file" >"$work/list"
	guarded=$((guarded + $(grep -c ': guarded$' "$work/list")))
done
[ "$guarded" -gt 500 ] || {
	echo "only $guarded guarded sites in libc.so.6 and libc.a"
	exit 1
}

/usr/bin/python3 - "$report" "$guarded" <<'EOF'
import collections, json, sys

sites = [json.loads(line) for line in open(sys.argv[1])]
kinds = collections.Counter(s["kind"] for s in sites)
residual = collections.Counter(s["residual"] for s in sites if "residual" in s)
macros = sum("INTERNAL_SYSCALL" in m for s in sites for m in [" ".join(s["macros"])])
named = [s for s in sites if s["name"]]
numbered = [s for s in sites if s["number"] is not None]
print(dict(kinds), dict(residual), "through a macro:", macros, "named:", len(named))

problems = []
if set(kinds) - {"guarded", "native"}:
    problems.append("kinds: %s" % kinds)
if set(residual) - {"it is a signal trampoline, which unwinders know by its bytes"}:
    problems.append("residual: %s" % residual)
# Each is reported where it stands in the source, and some functions are
# inlined into several.
if len(sites) < 0.9 * int(sys.argv[2]):
    problems.append("only %d sites for %s in the libraries"
                    % (len(sites), sys.argv[2]))
if macros < 0.9 * len(sites):
    problems.append("only %d of %d come through INTERNAL_SYSCALL" % (macros, len(sites)))
if any(s["name"] is None for s in numbered):
    problems.append("a number without a name")
for name in ("openat", "read", "mmap", "futex", "clone", "exit_group", "execve",
             "getpid", "rt_sigaction", "clock_gettime"):
    if not any(s["name"] == name for s in sites):
        problems.append("no site of %s" % name)
if any(s["residual" if "residual" in s else "kind"] == "" for s in sites):
    problems.append("an empty reason")
for problem in problems:
    print("problem:", problem)
sys.exit(bool(problems))
EOF

# Only __restore_rt's file is warned of.
if grep 'warning: purecc' "$log" | grep -v 'signal trampoline'; then
	echo "the plugin gave other warnings than those"
	exit 1
fi
