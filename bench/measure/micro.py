# The rows of single calls, and of the same calls from sites of other kinds.
#
# SPDX-License-Identifier: GPL-3.0-or-later

from columns import C_LIBRARY_ONLY
from rows import Job, Row
from setting import Unusable, output_of

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
]

# Where the site is, the program without the plugin, and the one with it.
KINDS = [
    ("libc", "in libc.so", "micro", "micro"),
    ("inline", "inline", "own-plain", "own-inline"),
    ("call", "mode=call", "own-plain", "own-call"),
    ("thunk", "thunk", "own-thunk-plain", "own-thunk"),
]


class Micro(Job):
    """All calls from one kind of site."""

    def __init__(self, setting, kind, title, plain, guarded):
        super().__init__([
            Row("%s/%s" % (kind, call), "%s: %s" % (title, words), "micro",
                "ns") for call, words in CALLS])
        self.setting = setting
        self.kind = kind
        self.plain = setting.program(plain)
        self.guarded = setting.program(guarded)
        self.milliseconds = setting.sized(10, 50)
        self.guess = len(CALLS) * self.milliseconds * 1.6e-3

    def unsuited(self, column):
        if self.kind != "libc" and not column.own_sites:
            return C_LIBRARY_ONLY
        return super().unsuited(column)

    def program(self, column):
        return self.guarded if column.guarded else self.plain

    def run(self, column):
        command = column.command(self.setting, self.program(column),
                                 ["-t", str(self.milliseconds)])
        output = output_of(self.setting.pinned(command), timeout=120)
        figures = {"%s/%s" % (self.kind, call): float(value) for call, value
                   in (line.split() for line in output.splitlines())}
        if len(figures) != len(CALLS):
            raise Unusable("not all calls were measured")
        return figures


def jobs(setting):
    return [Micro(setting, *kind) for kind in KINDS]
