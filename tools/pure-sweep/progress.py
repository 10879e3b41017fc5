# The line on a terminal that says how far the sweep is.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import shutil
import sys
import time

WIDTH = 30
# It is drawn so often a second at most.
RATE = 10


def duration(seconds):
    seconds = int(seconds + 0.5)
    hours, rest = divmod(seconds, 3600)
    if hours:
        return "%d:%02d:%02d" % (hours, *divmod(rest, 60))
    return "%d:%02d" % divmod(rest, 60)


class Progress:
    def __init__(self, total, done, shown):
        self.total, self.before, self.done = total, done, done
        self.found = 0
        self.start = time.monotonic()
        self.drawn = 0.0
        self.shown = shown and total > 0

    def step(self, found):
        self.done += 1
        self.found += found
        now = time.monotonic()
        if self.shown and (now - self.drawn > 1 / RATE
                           or self.done == self.total):
            self.drawn = now
            self.draw(now)

    def left(self, now):
        """Seconds, as it has gone so far."""
        return ((now - self.start) / (self.done - self.before)
                * (self.total - self.done))

    def draw(self, now):
        full = WIDTH * self.done // self.total
        line = "[%s%s] %d/%d  found: %d  left: %s" % (
            "#" * full, "-" * (WIDTH - full), self.done, self.total,
            self.found, duration(self.left(now)))
        columns = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r%s\033[K" % line[:columns])
        sys.stderr.flush()

    def end(self):
        if self.shown and self.drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
