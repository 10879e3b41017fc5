# Run everything in rounds, A B C A B C ..., and say how far it is.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
import time

from columns import plain_words
from setting import Unusable

# How much longer a slow column takes, until it is known.
SLOW = 10
# Seconds between two lines of progress where there is no terminal.
QUIET = 20


class Progress:
    """One line, drawn again and again; without a terminal a line now and
    then."""

    def __init__(self):
        self.start = time.monotonic()
        self.next_line = 0
        self.terminal = sys.stderr.isatty()

    def elapsed(self):
        return time.monotonic() - self.start

    def say(self, text, left=None):
        """TEXT is what is done now; LEFT seconds are left, if that is
        known."""
        elapsed = self.elapsed()
        if not self.terminal and elapsed < self.next_line:
            return
        self.next_line = elapsed + QUIET
        line = clock(elapsed) + "  " + text
        if left is not None:
            line = "%3d%% %s, about %s left  %s" % (
                100 * elapsed / (elapsed + left + 0.001), clock(elapsed),
                clock(left), text)
        sys.stderr.write("\r%-78.78s" % line if self.terminal
                         else line + "\n")
        sys.stderr.flush()

    def clear(self):
        if self.terminal:
            sys.stderr.write("\r%78s\r" % "")
        sys.stderr.flush()


def clock(seconds):
    return "%d:%02d" % divmod(int(seconds), 60)


class Rounds:
    """FIGURES[row][column] is a list of (round, value); SKIPPED[row, column]
    says why there is none.  SECONDS is the time that all rounds may take;
    AFTER is how long what comes after them takes."""

    def __init__(self, columns, jobs, rounds, slow_rounds, seconds, after,
                 progress):
        self.columns = columns
        self.jobs = jobs
        self.rounds = rounds
        self.slow_rounds = slow_rounds
        self.seconds = seconds
        self.after = after
        self.progress = progress
        self.figures = {row.name: {} for job in jobs for row in job.rows}
        self.skipped = {}
        self.took = {}
        self.done = 0
        self.prepare()

    def prepare(self):
        for job in self.jobs:
            reason = None
            self.progress.say("preparing " + job.rows[0].title)
            try:
                job.prepare()
            except Unusable as error:
                reason = plain_words(str(error))
            for column in self.columns:
                self.skip(job, column,
                          column.skipped or reason or job.unsuited(column))

    def skip(self, job, column, reason):
        if reason:
            for row in job.rows:
                self.skipped[row.name, column.name] = reason

    def cells(self, number):
        """What is to be measured in round NUMBER, in this order."""
        return [(job, column) for job in self.jobs for column in self.columns
                if (job.rows[0].name, column.name) not in self.skipped
                and (number < self.slow_rounds or not column.slow)]

    def cell_seconds(self, job, column):
        guess = job.guess * (SLOW if column.slow and job.group != "micro"
                             else 1)
        return self.took.get((job.rows[0].name, column.name), guess)

    def round_seconds(self, cells):
        return sum(self.cell_seconds(*cell) for cell in cells)

    def run(self):
        """The rounds, as many as the time allows, but at least two: then the
        figure in ratios to the first column has a spread."""
        self.start = self.progress.elapsed()
        for number in range(self.rounds):
            if number >= 2 and self.round_seconds(
                    self.cells(number)) > self.time_left():
                break
            self.run_round(number)
            self.done = number + 1

    def time_left(self):
        return max(self.start + self.seconds - self.progress.elapsed(), 0)

    def run_round(self, number):
        cells = self.cells(number)
        later = sum(self.round_seconds(self.cells(n))
                    for n in range(number + 1, self.rounds))
        for i, (job, column) in enumerate(cells):
            if number == 0 and (i == 0 or cells[i - 1][0] is not job):
                self.warm_up(job, column)
            left = self.round_seconds(cells[i:]) + later
            self.progress.say(
                "round %d of %d: %s, %s" % (number + 1, self.rounds,
                                            job.rows[0].name, column.name),
                min(left, self.time_left()) + self.after)
            self.run_cell(number, job, column)

    @staticmethod
    def warm_up(job, column):
        """The first time fills the page cache."""
        try:
            job.run(column)
        except Unusable:
            pass  # Said when it is measured.

    def run_cell(self, number, job, column):
        start = time.monotonic()
        try:
            values = job.run(column)
        except Unusable as error:
            self.skip(job, column, plain_words(str(error)))
            return
        self.took[job.rows[0].name, column.name] = time.monotonic() - start
        for name, value in values.items():
            self.figures[name].setdefault(column.name, []).append(
                (number, value))
