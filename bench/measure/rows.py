# What rows are made of.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import time
from dataclasses import dataclass


@dataclass
class Row:
    name: str
    title: str
    group: str
    unit: str


class Job:
    """A piece of work whose figures make one or more rows.  It takes TURNS
    turns a round.  GUESS is how many seconds it takes in a column, about, for
    the time left."""
    guess = 0.5
    turns = 1
    # Do slow columns take no longer than others?
    bounded = False

    def __init__(self, rows):
        self.rows = rows

    @property
    def group(self):
        return self.rows[0].group

    def prepare(self):
        """Done once, before the first round.  May raise Unusable."""

    def unsuited(self, column):
        """Why COLUMN has no figures here; None if it has."""
        if column.groups and self.group not in column.groups:
            return "has no figures for these rows"
        return None

    def together(self, columns):
        """COLUMNS in groups that run together: slow ones by themselves, if they
        would run on alone."""
        if self.bounded:
            return [columns]
        return [group for group in
                ([column for column in columns if not column.slow],
                 [column for column in columns if column.slow]) if group]

    def run(self, columns):
        """Run it in all of COLUMNS at the same time.  Returns what came out in
        each, in this order: {row's name: [value, ...]}, or an Unusable."""
        raise NotImplementedError

    def take_turn(self, columns):
        """Run it in COLUMNS, and yield (column, what came out, seconds)."""
        for group in self.together(columns):
            start = time.monotonic()
            found = self.run(group)
            seconds = (time.monotonic() - start) / len(group)
            for column, figures in zip(group, found):
                yield column, figures, seconds
