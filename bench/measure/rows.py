# What rows are made of.
#
# SPDX-License-Identifier: GPL-3.0-or-later

from dataclasses import dataclass


@dataclass
class Row:
    name: str
    title: str
    group: str
    unit: str


def apart(columns):
    """COLUMNS in groups that run together: the slow ones last, so that they
    don't run on alone."""
    return [group for group in
            ([column for column in columns if not column.slow],
             [column for column in columns if column.slow]) if group]


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

    def take_turn(self, columns):
        """Run it in each of COLUMNS, and yield (column, its figures or an
        Unusable, seconds).  The figures are {row's name: [value, ...]}."""
        raise NotImplementedError
