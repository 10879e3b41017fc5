# The rows of single calls, and of the same calls from sites of other kinds.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import random
import subprocess
from contextlib import contextmanager

from columns import C_LIBRARY_ONLY
from rows import Job, Row
from setting import Unusable, last_line

# The calls of programs/micro.c.
CALLS = [
    ("getppid", "getppid"),
    ("read", "read, 0 bytes"),
    ("pread", "pread, 4 KiB from the page cache"),
    ("open", "openat and close"),
    ("futex", "futex, wake, no waiter"),
    ("mmap", "mmap and munmap"),
    ("clock", "clock_gettime"),
    ("nocall", "number 500 (ENOSYS)"),
    ("pointer", "a function by a pointer, for scale"),
]

# Those that can be cancelled, and are made in another way where there are threads.
CANCELABLE = [call for call in CALLS if call[0] in ("read", "pread")]

# Where the site is, the program without the plugin, and the one with it, their
# options and the calls.
KINDS = [
    ("libc", "in libc.so", "micro", "micro", [], CALLS),
    ("threaded", "in libc.so, two threads", "micro", "micro", ["-i"],
     CANCELABLE),
    ("inline", "inline", "own-plain", "own-inline", [], CALLS),
    ("call", "mode=call", "own-plain", "own-call", [], CALLS),
    ("thunk", "thunk", "own-thunk-plain", "own-thunk", [], CALLS),
]

# So many copies of the loop in each turn; another choice in another.
COPIES = 16


class Player:
    """The program in one column, which waits for its turns with CALLS and has
    COPIES of each loop.  FAILED says what went wrong, if something did."""

    def __init__(self, command, calls):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=True)
        self.failed = None
        self.times = {call: [] for call, _ in calls}
        self.copies = int(self.answer())

    def answer(self):
        """The number that it prints."""
        line = self.process.stdout.readline()
        try:
            return float(line)
        except ValueError:
            words = self.process.stderr.read().decode(errors="replace")
            self.failed = Unusable(last_line(words) or "it ended")
            return 0

    def play(self, call, copy):
        """Note the time that CALL takes in COPY."""
        if self.failed:
            return
        try:
            self.process.stdin.write(b"%s %d\n" % (call.encode(), copy))
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # There is no answer either.
        self.times[call].append(self.answer())

    def end(self):
        for pipe in (self.process.stdin, self.process.stdout,
                     self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.process.wait()


def play(players):
    """Each call from some copies by each of PLAYERS, in another order each time:
    who comes next after one that has made the same call has it easier."""
    if not players:
        return
    for call in players[0].times:
        for copy in random.sample(range(players[0].copies), COPIES):
            for player in random.sample(players, len(players)):
                player.play(call, copy)


@contextmanager
def moved_to(cpu):
    """Run on CPU, with the players: one of all is running at any time, so that
    it never idles, which on a virtual machine is to give it away."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [cpu])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Micro(Job):
    """All calls from one kind of site.  All columns run at the same time, and
    take turns: within milliseconds each has made the same call from the same
    copy, so that what the machine does meanwhile is the same for all."""
    bounded = True

    def __init__(self, setting, kind, title, plain, guarded, options, calls):
        super().__init__([
            Row("%s/%s" % (kind, call), "%s: %s" % (title, words), "micro",
                "ns") for call, words in calls])
        self.setting = setting
        self.kind = kind
        self.options = options
        self.calls = calls
        self.plain = setting.program(plain)
        self.guarded = setting.program(guarded)
        self.microseconds = setting.sized(150, 400)
        self.turns = setting.sized(1, 4)
        self.guess = len(calls) * COPIES * (self.microseconds * 1.3 + 60) * 1e-6

    def unsuited(self, column):
        if self.plain != self.guarded and not column.own_sites:
            return C_LIBRARY_ONLY
        return super().unsuited(column)

    def program(self, column):
        return self.guarded if column.guarded else self.plain

    def command(self, column):
        return self.setting.pinned(column.command(
            self.setting, self.program(column),
            self.options + ["-s", str(self.microseconds)]))

    def run(self, columns):
        players = []
        with moved_to(self.setting.cpu):
            try:
                for column in columns:
                    players.append(Player(self.command(column), self.calls))
                play([player for player in players if not player.failed])
            finally:
                for player in players:
                    player.end()
        return [player.failed or {
            "%s/%s" % (self.kind, call): times
            for call, times in player.times.items()} for player in players]


def jobs(setting):
    return [Micro(setting, *kind) for kind in KINDS]
