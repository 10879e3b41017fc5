#!/usr/bin/env python3
"""Compare what pure-trace and strace have written of the same program.

SPDX-License-Identifier: GPL-3.0-or-later

usage: strace.py STRACE PURE

STRACE is of `strace -f pure-run -- PROGRAM', PURE of `pure-trace PROGRAM'. Prints how
many lines are equal, of how many, and those that aren't, with - for strace's.

A line is one call: what is resumed is joined. Processes are compared with each other by
their place in the tree. Not compared is what isn't a matter of showing calls:
- processes' numbers, those of queues, others of four digits and more, addresses, random
  bytes, the times that a process has used;
- what comes before the handler is loaded, up to the first thing that the pure ld.so does
  under it, and the loader's thread-local data;
- how an executed program is followed, and what the runtime asks the kernel of memory:
  the gateway's calls, which aren't the program's;
- times that the vDSO tells: the handler sees the call, the kernel doesn't.
"""
import difflib
import re
import sys

RUNTIME = re.compile(r"rt_sigprocmask\((0xffffffff|ADDRESS) /\* SIG_\?\?\? \*/")
VDSO = re.compile(r"(clock_gettime|gettimeofday|time|getcpu)\(")
LOADER = re.compile(r"(arch_prctl\(ARCH_SET_FS|set_tid_address\(|set_robust_list\("
                    r"|rseq\(|mprotect\(|munmap\(|mmap\(NULL, \d+, PROT_READ\|PROT_WRITE)")
FORK = re.compile(r"(fork|vfork|clone|clone3)\(.* = (\d+)$")
FOLLOWS = re.compile(r"openat\(AT_FDCWD, .*O_RDONLY\|O_NOCTTY\|O_NONBLOCK\|O_CLOEXEC\)")

# What straces after 6.1 write otherwise.
NEWER = [
    (r"data={u32=\d+, u64=(\d+)}", lambda m: "data=%#x" % int(m.group(1))),
    (r"\[(\d+) => (\d+)\]", r"[\1] => [\2]"),
    (r"^(sched_\w+\(.*){sched_priority=(\d+)}", r"\1[\2]"),
    (r", user_addr=\w+", ""),
    (r"REBOOT_MAGIC[12]\?", "REBOOT_MAGIC_?"),
]


def processes(name):
    """The lines of each process, whole, by its number."""
    lines, begun = {}, {}
    with open(name, errors="replace") as file:
        for line in file:
            match = re.match(r"(\d+) +(.*)$", line)
            if not match:
                continue
            number, text = match.groups()
            mine = lines.setdefault(number, [])
            resumed = re.match(r"<\.\.\. \S+ resumed>(.*)$", text)
            if text.endswith(" <unfinished ...>"):
                begun[number] = len(mine)
                mine.append(text[:-len(" <unfinished ...>")])
            elif resumed and number in begun:
                mine[begun.pop(number)] += resumed.group(1)
            else:
                mine.append(text)
    return lines


def places(lines):
    """The place of each process in the tree: the n-th child of its parent."""
    children = {}
    for number, mine in lines.items():
        children[number] = [m.group(2) for m in map(FORK.match, mine) if m]
    every = {child for some in children.values() for child in some}
    todo = [(number, "0") for number in lines if number not in every][:1]
    found = {}
    while todo:
        number, place = todo.pop()
        found[place] = lines.get(number, [])
        todo += [(child, f"{place}.{i}")
                 for i, child in enumerate(children.get(number, []))]
    return found


def normal(text, numbers):
    text = re.sub(r"\b\d{3,}\b", lambda m: "N" if m.group() in numbers else m.group(),
                  text)
    text = re.sub(r"\) +(= [^=]*)$", r") \1", text)
    if text.startswith("getrandom("):
        text = re.sub(r'"[^"]*"', '"RANDOM"', text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+", "DATE", text)
    text = re.sub(r"^sysinfo\(.*\) =", "sysinfo() =", text)
    text = re.sub(r"^((?:msg|sem|shm)[a-z]+\()\d+", r"\1N", text)
    text = re.sub(r"^((?:msg|sem|shm)get\(.* = )\d+$", r"\1N", text)
    text = re.sub(r"(ru_[us]time|left )=?{[^}]*}", r"\1", text)
    text = re.sub(r"0x[0-9a-f]{5,}( /\* \d+ vars? \*/)?", "ADDRESS", text)
    for newer, ours in NEWER:
        text = re.sub(newer, ours, text)
    text = re.sub(r"\b\d{4,}\b", "N", text)
    return text


def without_start(mine, numbers):
    """MINE without what comes between an execve and the handler."""
    kept, starting, following, own = [], False, False, 0
    for text in mine:
        if text.startswith("execve(") and text.endswith("= 0"):
            starting, following, own = True, False, 12
            kept.append("execve(" + text.split(",")[0][7:] + ") = 0")
        elif starting:
            starting = "/etc/ld.so.preload" not in text
        elif FOLLOWS.match(text):
            following = True
        elif following:
            following = "ld-linux-x86-64.so.2\", R_OK)" not in text
        elif own and LOADER.match(text):
            own -= 1
        elif not VDSO.match(text) and not RUNTIME.match(text):
            kept.append(normal(text, numbers))
    return kept


def compare(strace, pure):
    ours, theirs = processes(pure), processes(strace)
    our_numbers, their_numbers = set(ours), set(theirs)
    ours, theirs = places(ours), places(theirs)
    equal = total = 0
    different = []
    for place in sorted(set(ours) | set(theirs)):
        a = without_start(theirs.get(place, []), their_numbers)
        b = without_start(ours.get(place, []), our_numbers)
        if place == "0":
            # strace's first is pure-run, which becomes the program.
            executed = [i for i, text in enumerate(a) if text.startswith("execve(")]
            a = a[executed[1]:] if len(executed) > 1 else a
        blocks = difflib.SequenceMatcher(None, a, b, autojunk=False)
        equal += sum(block.size for block in blocks.get_matching_blocks())
        total += max(len(a), len(b))
        different += [line for line in difflib.unified_diff(a, b, lineterm="", n=0)
                      if not re.match(r"(--- |\+\+\+ )?$|@@", line)]
    return equal, total, different


def main():
    equal, total, different = compare(sys.argv[1], sys.argv[2])
    print(equal, total)
    for line in different:
        print(line[:200])


main()
