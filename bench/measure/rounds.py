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
    """FIGURES[row][column] is a list of (when, value): in which round, turn of
    the job and place in that; SKIPPED[row, column] says why there is none.  SECONDS is the
    time that all rounds may take; AFTER is how long what comes after them
    takes."""

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

    def turns(self, number):
        """What is to be done in round NUMBER, in this order: (job, its turn,
        columns).  In the first of a job's turns each column takes part; in the
        others too if the job's time is bounded, else those that are measured
        closely."""
        for job in self.jobs:
            for turn in range(job.turns):
                columns = [column for column in self.columns
                           if self.takes_part(job, column, number, turn)]
                if columns:
                    yield job, turn, columns

    def takes_part(self, job, column, number, turn):
        if (job.rows[0].name, column.name) in self.skipped:
            return False
        return job.bounded or column.closely or (
            turn == 0 and (number < self.slow_rounds or not column.slow))

    def turn_seconds(self, job, columns):
        return sum(self.took.get(
            (job.rows[0].name, column.name),
            job.guess * (SLOW if column.slow and not job.bounded else 1))
            for column in columns)

    def round_seconds(self, turns):
        return sum(self.turn_seconds(job, columns)
                   for job, _, columns in turns)

    def run(self):
        """The rounds, as many as the time allows, but at least two: then the
        figure in ratios to the first column has a spread."""
        self.start = self.progress.elapsed()
        for number in range(self.rounds):
            if number >= 2 and self.round_seconds(
                    self.turns(number)) > self.time_left():
                break
            self.run_round(number)
            self.done = number + 1

    def time_left(self):
        return max(self.start + self.seconds - self.progress.elapsed(), 0)

    def run_round(self, number):
        turns = list(self.turns(number))
        later = sum(self.round_seconds(self.turns(n))
                    for n in range(number + 1, self.rounds))
        for i, (job, turn, columns) in enumerate(turns):
            if number == 0 and turn == 0:
                self.warm_up(job, columns[0])
            left = self.round_seconds(turns[i:]) + later
            self.progress.say(
                "round %d of %d: %s" % (number + 1, self.rounds,
                                        job.rows[0].name),
                min(left, self.time_left()) + self.after)
            # One may have failed in the turn before.
            self.run_turn(job, (number, turn), [
                column for column in columns
                if self.takes_part(job, column, number, turn)])

    @staticmethod
    def warm_up(job, column):
        """The first time fills the page cache."""
        for _ in job.take_turn([column]):
            pass  # What goes wrong is said when it is measured.

    def run_turn(self, job, turn, columns):
        for column, found, seconds in job.take_turn(columns):
            if isinstance(found, Unusable):
                self.skip(job, column, plain_words(str(found)))
                continue
            self.took[job.rows[0].name, column.name] = seconds
            for name, values in found.items():
                self.figures[name].setdefault(column.name, []).extend(
                    ((*turn, k), value) for k, value in enumerate(values))
