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


class Job:
    """A piece of work whose figures make one or more rows.  GUESS is how many
    seconds it takes, about, for the time left."""
    guess = 0.5

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

    def run(self, column):
        """The figures in this column: {row's name: value}.  May raise
        Unusable."""
        raise NotImplementedError
