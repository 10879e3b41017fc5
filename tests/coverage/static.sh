#!/bin/sh
# Nothing escapes from static and static-pie programs either: each call that the
# kernel sees, from when the handler is set, comes from the gateway or from what
# pure-audit lists as native by design.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"
need strace
lib=$PURECC_GLIBC/usr/lib/x86_64-linux-gnu
[ -e "$lib/libc.a" ] || {
	echo "no libc.a in $lib"
	exit 77
}
strace -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# check WAY FLAGS...
check() {
	way=$1
	shift
	"${CC:-cc}" -O2 "$@" -pthread -I"$root/include" \
		"$root/tests/coverage/static.c" -o "$work/$way" -L"$lib"
	"$PURECC_BUILD/pure-audit" --list "$work/$way" >"$work/sites"
	strace -f -i -o "$work/trace" "$work/$way" >"$work/out"
	printf 'begin\nend\n' | cmp - "$work/out"
	/usr/bin/python3 - "$work/sites" "$work/trace" <<'EOF'
import re, sys

# strace shows the address after the instruction, which has two bytes.
allowed = {int(m.group(1), 16) + 2 for m in
           re.finditer(r"0x([0-9a-f]+) <[^>]*>: (?:gateway|native by design)",
                       open(sys.argv[1]).read())}
lines = [m.groups() for m in
         re.finditer(r"^(\d+)\s+\[([0-9a-f]+)\] (?:<\.\.\. )?(\w+)(.*)$",
                     open(sys.argv[2]).read(), re.M)]
first = next(i for i, l in enumerate(lines) if l[2] == "write" and "begin" in l[3])
# Where the program is mapped: the first call comes from the gateway, so that
# its address tells; all others have to agree.
bases = {int(lines[first][1], 16) - a for a in allowed}
bases = {b for b in bases if b >= 0 and b & 0xfff == 0}
execed, seen, escaped = set(), 0, []
for pid, address, name, rest in lines[first:]:
    if pid in execed:
        continue
    if name == "execve" and rest.endswith("= 0"):
        execed.add(pid)
    if rest.startswith(" resumed>"):
        continue
    good = {b for b in bases if int(address, 16) - b in allowed}
    seen += 1
    if good:
        bases = good
    else:
        escaped.append((name, address))
print(seen, "calls", len(escaped), "escaped", escaped[:5])
sys.exit(bool(escaped) or seen < 100 or len(bases) != 1)
EOF
}

check static -fno-pie -static
check static-pie -fPIE -static-pie
