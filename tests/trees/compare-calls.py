#!/usr/bin/env python3
# Compare what strace has seen of a tree of processes with what trace has.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: compare-calls.py STRACE TRACE
#
# STRACE is what `strace -f -o STRACE COMMAND' wrote of a native run, TRACE what
# `pure-run --handler trace -o TRACE -- COMMAND' did.  A process is known by its
# place: that of its parent, and which of its children it is.  In each program that it
# executes, what it calls up to the stack's limit, which the C library asks when it
# starts, is start-up: it loads itself otherwise.  From there on each call has to be
# there as often, but for those that EXPECTED has.
# Exit status: 0 the same, 1 not, 2 it can't be said.

import collections
import re
import sys

# What one of the two has, and why.
EXPECTED = {
    # A handler gets what natively the vDSO answers.
    "clock_gettime", "clock_getres", "gettimeofday", "time", "getcpu",
    # A signal's return is native by design, for debuggers.
    "rt_sigreturn",
    # strace shows what the kernel makes of a call that a signal has interrupted.
    "restart_syscall",
}

CHILD = {"fork", "vfork", "clone", "clone3"}
EXEC = {"execve", "execveat"}
LINE = re.compile(r"^(\d+)(?::(\d+))? +(.*)$")
CALL = re.compile(r"^(\w+)\((.*)$")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
RESULT = re.compile(r"(?:=|=>) (-?\d+|\?|0x[0-9a-f]+)[^=]*$")


class Thread:
    """The calls that a thread has made, a list for each program."""

    def __init__(self):
        self.programs = [[]]
        self.children = []

    def call(self, name, result):
        if name in CHILD:
            # In the child it is the parent's.
            if result == 0:
                return
            self.children.append(result)
        self.programs[-1].append(name)
        if name in EXEC and (result is None or result >= 0):
            self.programs.append([])


def number(text):
    """The result at the end of TEXT; None: there is none."""
    m = RESULT.search(text)
    if not m or m.group(1) == "?":
        return None
    # An octal number is a file mode.
    return int(m.group(1), 16 if m.group(1).startswith("0x") else 10)


def read(path):
    """The threads of a trace, by their numbers, and the first's."""
    threads, begun, first = {}, {}, None
    with open(path, errors="replace") as trace:
        for line in trace:
            m = LINE.match(line)
            if not m:
                continue
            tid, text = int(m.group(2) or m.group(1)), m.group(3)
            first = first or tid
            thread = threads.setdefault(tid, Thread())
            call, resumed = CALL.match(text), RESUMED.match(text)
            if call and text.endswith("<unfinished ...>"):
                begun[tid] = call.group(1)
            elif call:
                thread.call(call.group(1), number(text))
            elif resumed:
                thread.call(begun.pop(tid), number(resumed.group(2)))
    return threads, first


def by_place(threads, first):
    """The threads by place: (), (0,), (0, 1) and so on."""
    result, left = {}, [((), first)]
    while left:
        place, tid = left.pop()
        if tid not in threads:
            continue
        result[place] = threads[tid]
        left += [(place + (i,), child)
                 for i, child in enumerate(threads[tid].children)]
    return result


def after_start(calls):
    """What a program has called when it has started, and how often."""
    if "prlimit64" in calls:
        calls = calls[calls.index("prlimit64") + 1:]
        # The cache of libraries' names.
        if calls[:1] == ["munmap"]:
            calls = calls[1:]
    return collections.Counter(c for c in calls if c not in EXPECTED)


def programs(thread, first):
    """The programs of a thread; the FIRST has none before that."""
    return [after_start(calls) if i else
            collections.Counter(c for c in calls if c not in EXPECTED)
            for i, calls in enumerate(thread.programs)][1 if first else 0:]


def main():
    strace = by_place(*read(sys.argv[1]))
    trace = by_place(*read(sys.argv[2]))
    if not strace or not trace:
        print("no call in one of them")
        return 2
    different = 0
    for place in sorted(set(strace) | set(trace)):
        if place not in strace or place not in trace:
            print("only in", "trace" if place in trace else "strace", place)
            different = 1
            continue
        one = programs(strace[place], place == ())
        two = programs(trace[place], place == ())
        if len(one) != len(two):
            print(place, len(one), "programs in strace,", len(two), "in trace")
            different = 1
        for i, (a, b) in enumerate(zip(one, two)):
            for name in sorted(set(a) | set(b)):
                # The heap begins anywhere on its page.
                if abs(a[name] - b[name]) > (name == "brk"):
                    print(place, "program", i, name, a[name], "in strace,",
                          b[name], "in trace")
                    different = 1
    print(len(strace), "processes,",
          sum(len(t.programs) for t in strace.values()), "programs,",
          sum(len(c) for t in strace.values() for c in t.programs), "calls")
    return different


if __name__ == "__main__":
    sys.exit(main())
