#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is printed: by default, with --list and with --json. Names that would do
# something to a terminal, or to a JSON parser, don't.
set -eu
. "$(dirname "$0")/cases.inc"

cat >body.s <<'END'
f:	load	%rax
	test_at	%rax
	recorded guarded
	ret
	.type	__restore_rt, @function
__restore_rt:
	movq	$15, %rax
	syscall
	.size	__restore_rt, . - __restore_rt
	.type	"ESC[1m", @function
"ESC[1m":
	int	$0x80
	.size	"ESC[1m", 2
	.section purecc_sites, "o", @progbits, f
	.quad	0
	.long	guarded, 0
	.text
END
sed "s/ESC/$(printf '\033')/" body.s | cat macros.s - end.s >case.s
"$CC" -c case.s -o case.o

reason="the return from a signal handler: debuggers and unwinders know it by \
these very bytes, and the kernel takes the signal's frame from where the \
stack pointer is"

"$audit" case.o >out && fail "exit status 0"
diff -u - out <<'END' || fail "the default output"
case.o: .text+0x19 <\x1b[1m+0x0>: int $0x80: raw: no record of it: made without the plugin, or left native
case.o: 3 sites: 1 guarded, 1 native by design, 1 raw; 0 look-alikes
END

"$audit" --list case.o >out && fail "exit status 0"
diff -u - out <<END || fail "the output of --list"
case.o: .text+0xd <f+0xd>: guarded
case.o: .text+0x17 <__restore_rt+0x7>: native by design: $reason
case.o: .text+0x19 <\\x1b[1m+0x0>: int \$0x80: raw: no record of it: made without the plugin, or left native
case.o: 3 sites: 1 guarded, 1 native by design, 1 raw; 0 look-alikes
END

command -v python3 >/dev/null || skip "python3 is not there to read JSON"
name=$(printf 'a "b"\\\t\301\203 \303\251.o')
cp case.o "$name"
ar rc lib.a case.o
"$audit" --json "$name" lib.a missing >out 2>/dev/null && fail "exit status 0"
python3 - out <<'END' || fail "the output of --json"
import json, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
one, member, missing = [json.loads(line) for line in lines]
assert one["file"] == 'a "b"\\\t\ufffd\ufffd \u00e9.o', one["file"]
assert "member" not in one
assert (member["file"], member["member"]) == ("lib.a", "case.o")
assert missing == {"file": "missing",
                   "error": "can't be read: No such file or directory"}
for image in one, member:
    assert [image[key] for key in
            ("sites", "guarded", "thunk", "gateway", "native", "raw")] \
        == [3, 1, 0, 0, 1, 1]
    assert image["records"] == {"used": 1, "of_dropped_code": 1,
                                "of_no_site": 0, "damaged": 0}
    assert image["lookalikes"] == {"in_instructions": 0, "in_data": 0}
    assert image["unknown_bytes"] == 0
    guarded, native, raw = image["list"]
    assert guarded == {"section": ".text", "offset": "0xd", "function": "f",
                       "function_offset": "0xd", "instruction": "syscall",
                       "kind": "guarded"}
    assert native["kind"] == "native" and "signal" in native["reason"]
    assert raw["function"] == '\033[1m'
    assert raw["instruction"] == "int $0x80"
END

finish
