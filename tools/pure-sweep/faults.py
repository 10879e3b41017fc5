# The calls that a command makes, and the faults that can be injected into them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import hashlib
import os
import re
from dataclasses import dataclass

import stacks

# What a program is most likely to meet comes first, so that a sweep that is
# stopped has seen it.
FIRST = ("EINTR ENOMEM EIO ENOSPC EMFILE EACCES ENOENT EAGAIN EPERM EPIPE "
         "ECONNREFUSED ETIMEDOUT ENFILE EDQUOT EROFS").split()


@dataclass(frozen=True)
class Call:
    """Call NAME that thread THREAD has made for the TIMEth time."""
    thread: str
    name: str
    time: int
    program: str
    text: str
    # From where it is made; () and its own name if that isn't known.
    stack: tuple
    place: str

    def own_error(self):
        """The error that it has failed with by itself, or None."""
        found = re.search(r"\) = -1 (E[A-Z0-9]+)", self.text)
        return found[1] if found else None


@dataclass(frozen=True)
class Fault:
    call: Call
    error: str
    # Is there no other thread?
    alone: bool

    @property
    def key(self):
        """By which a journal knows it."""
        return "%s %s %d %s" % (self.call.thread, self.call.name,
                                self.call.time, self.error)

    @property
    def rule(self):
        """In the words of the handler inject."""
        rule = "%s:error=%s:when=%d" % (self.call.name, self.error,
                                        self.call.time)
        return rule if self.alone else rule + ":thread=" + self.call.thread


LINE = re.compile(r"([0-9.]+|\?) (\w+) (\d+) (.*)")


def read_log(file):
    """The lines of inject's log=, as (thread, call, time, text, stack), where STACK
    are the lines of its frames."""
    with open(file, errors="surrogateescape") as lines:
        last = None
        for line in lines:
            parts = LINE.fullmatch(line.rstrip("\n"))
            if parts:
                if last:
                    yield last
                last = parts[1], parts[2], int(parts[3]), parts[4], []
            elif last and line.startswith(" > "):
                last[4].append(line)
        if last:
            yield last


def executed(name, text):
    """The program that the call executes, or None."""
    found = re.match(r'execve(?:at)?\((?:[^",]*, )?"([^"]*)"', text)
    return os.path.basename(found[1]) if found else None


def read_calls(file, command):
    """The calls of a log, each with the program that has made it."""
    programs = {"1": os.path.basename(command[0])}
    calls = []
    for thread, name, time, text, stack in read_log(file):
        maker = thread.rpartition(".")[0]
        program = programs.setdefault(thread, programs.get(maker, "?"))
        place = "%s %s %d" % (thread, name, time)
        if stack:
            place = "%s %s %s" % (program, name, hashlib.sha256(
                "".join(stack).encode(errors="replace")).hexdigest())
        calls.append(Call(thread, name, time, program, text,
                          stacks.of_log(stack), place))
        programs[thread] = executed(name, text) or program
    return calls


class Errors:
    """The table of the errors of calls."""

    def __init__(self, file):
        self.rows = {}
        with open(file) as table:
            for line in table:
                words = line.partition("#")[0].split()
                if words:
                    name, _, constant = words[0].partition(":")
                    self.rows.setdefault(name, []).append(
                        (constant and re.compile(r"[(, ]" + constant),
                         words[1:]))

    def names(self):
        return {name for rows in self.rows.values()
                for _, names in rows for name in names}

    def of(self, call):
        """Those of CALL: of the first row that it is meant by."""
        for constant, names in self.rows.get(call.name, ()):
            if not constant or constant.search(call.text):
                return names
        return ()


class ErrorSet:
    """Names with commas between them; a ! in front: all others."""

    def __init__(self, text, known):
        self.others = text.startswith("!")
        self.names = set(text.lstrip("!").upper().split(","))
        if self.names == {"ALL"}:
            self.names, self.others = set(), not self.others
        for name in sorted(self.names - known):
            raise ValueError("no call has the error `%s'" % name)

    def __contains__(self, name):
        return (name in self.names) != self.others


def rank(error):
    return FIRST.index(error) if error in FIRST else len(FIRST)


def faults(calls, errors, wanted, most):
    """Those to be injected into CALLS, the likely ones first.  MOST: so many calls
    from each place, or all for 0."""
    alone = len({call.thread for call in calls}) == 1
    seen = collections.Counter()
    found = []
    for call in calls:
        seen[call.place] += 1
        # One whose maker wasn't seen can't be named.
        if call.thread == "?" or (most and seen[call.place] > most):
            continue
        found += [Fault(call, error, alone)
                  for error in errors.of(call)
                  if error in wanted and error != call.own_error()]
    return sorted(found, key=lambda fault: rank(fault.error))
