#!/usr/bin/env python3
# Compare what strace has seen of a tree of processes with what trace has.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: compare-calls.py STRACE... -- TRACE...
#
# A STRACE is what `strace -f -o STRACE COMMAND' wrote of a native run, a TRACE what
# `pure-run --handler trace -o TRACE -- COMMAND' did.  A process is known by its
# place: that of its parent, and which of its children it is.  In each program that it
# executes, what it calls up to the stack's limit, which the C library asks when it
# starts, is start-up: it loads itself otherwise.  From there on each call has to be
# there as often, but for those that EXPECTED has.  Where a run isn't always like the
# one before, there are several: what may differ is the number of a call, and the ranges
# in which it is in the one and the other have to meet.
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
    threads, first = {}, None
    with open(path, errors="replace") as trace:
        for line in trace:
            m = LINE.match(line)
            if not m:
                continue
            tid, text = int(m.group(2) or m.group(1)), m.group(3)
            first = first or tid
            thread = threads.setdefault(tid, Thread())
            call, resumed = CALL.match(text), RESUMED.match(text)
            if call and not text.endswith("<unfinished ...>"):
                thread.call(call.group(1), number(text))
            elif resumed:
                thread.call(resumed.group(1), number(resumed.group(2)))
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


class Range:
    """How often something was there, in several runs."""

    def __init__(self, numbers):
        self.least, self.most = min(numbers), max(numbers)

    def meets(self, other, slack):
        return (self.least <= other.most + slack
                and other.least <= self.most + slack)

    def __str__(self):
        if self.least == self.most:
            return str(self.least)
        return "%d to %d" % (self.least, self.most)


def count(paths):
    """What the runs in files PATHS have: the number of programs of each place, and of
    each call of each program.  None: there are no calls in one."""
    runs = [by_place(*read(path)) for path in paths]
    if not all(runs):
        return None
    numbers = []
    for run in runs:
        found = collections.Counter()
        for place, thread in run.items():
            parts = programs(thread, place == ())
            found[place, "programs"] = len(parts)
            for i, calls in enumerate(parts):
                for name in calls:
                    found[place, "program %d, %s" % (i, name)] = calls[name]
        numbers.append(found)
    return {key: Range([found[key] for found in numbers])
            for key in set().union(*numbers)}


def main():
    middle = sys.argv.index("--")
    strace, trace = count(sys.argv[1:middle]), count(sys.argv[middle + 1:])
    if not strace or not trace:
        print("no call in one of them")
        return 2
    different, never = 0, Range([0])
    for key in sorted(set(strace) | set(trace)):
        one, two = strace.get(key, never), trace.get(key, never)
        # The heap begins anywhere on its page.
        if not one.meets(two, 1 if key[1].endswith(", brk") else 0):
            print("%s, %s:" % key, one, "in strace,", two, "in trace")
            different = 1
    return different


if __name__ == "__main__":
    sys.exit(main())
