# What the outcome of a run is, compared with one without a fault.
#
# SPDX-License-Identifier: GPL-3.0-or-later

from dataclasses import dataclass

import runs
import stacks

# The kinds of findings, the worst first, and what they are called.
KINDS = {
    "sanitizer": "a sanitizer reports",
    "crash": "it crashes",
    "hang": "it hangs",
    "output": "it succeeds with another output",
}


@dataclass
class Baseline:
    """The command without a fault."""
    status: int
    output_digest: str
    output_size: int
    messages: str
    files_digest: str
    children: list
    seconds: float
    # Are they the same in each run?
    output_stable: bool
    files_stable: bool

    @classmethod
    def of(cls, first, second):
        return cls(first.status, first.output_digest, first.output_size,
                   text_of(first.messages), first.files_digest,
                   list(first.children), max(first.seconds, second.seconds),
                   first.output_digest == second.output_digest
                   and first.output_size < 4 * runs.MOST_OUTPUT,
                   first.files_digest == second.files_digest)

    @property
    def most_output(self):
        return max(runs.MOST_OUTPUT, 4 * self.output_size)


def text_of(output):
    return output.decode(errors="backslashreplace")


def crash_of(outcome, baseline):
    """The signal of a process of the run that has crashed, or None."""
    if not outcome.hang and -outcome.status in runs.CRASHES:
        return runs.CRASHES[-outcome.status]
    for name in outcome.children:
        if name in runs.CRASHES.values() and name not in baseline.children:
            return name
    return None


def difference(outcome, baseline):
    """What is different although the run has ended in the same way, or None."""
    if outcome.status != baseline.status:
        return None
    what = []
    if (baseline.output_stable
            and outcome.output_digest != baseline.output_digest):
        what.append("its output is another")
    if (baseline.files_stable
            and outcome.files_digest != baseline.files_digest):
        what.append("its files are others")
    if not what:
        return None
    silent = text_of(outcome.messages) == baseline.messages
    return " and ".join(what) + (", and it says nothing" if silent else
                                 ", and it says so")


def judge(outcome, baseline):
    """The kind of finding that the outcome is, and what is said of it; or None."""
    report = stacks.of_sanitizer(text_of(outcome.messages))
    if report and report[0] not in baseline.messages:
        outcome.stack = report[1]
        return "sanitizer", report[0]
    crash = crash_of(outcome, baseline)
    if crash:
        return "crash", crash
    if outcome.hang:
        return "hang", outcome.hang
    what = difference(outcome, baseline)
    return ("output", what) if what else None
