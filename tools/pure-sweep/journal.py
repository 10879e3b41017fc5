# The directory of a sweep: what it is of, and how each run has ended, so that it
# can be resumed.
#
#   sweep.json     command, options, the calls, how it is without a fault
#   runs.jsonl     a line for each run that is over
#   findings/N.*   what the runs of findings have written
#   report.*       made anew at the end of each sweep
#
# SPDX-License-Identifier: GPL-3.0-or-later

import dataclasses
import json
import os

import faults
import judge

# Of what is in the directory.
VERSION = 1


class Journal:
    def __init__(self, directory):
        self.directory = directory
        self.file = None

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def begin(self, settings, calls, baseline):
        """A new one, in a directory that is empty or not there."""
        os.makedirs(self.path("findings"), exist_ok=True)
        whole = {
            "version": VERSION,
            "settings": settings,
            "calls": [dataclasses.astuple(call) for call in calls],
            "baseline": dataclasses.asdict(baseline),
        }
        with open(self.path("sweep.json.new"), "w") as file:
            json.dump(whole, file)
            file.write("\n")
        os.rename(self.path("sweep.json.new"), self.path("sweep.json"))

    def read(self):
        """The settings, the calls and the baseline of the sweep that it is of."""
        with open(self.path("sweep.json")) as file:
            whole = json.load(file)
        if whole.get("version") != VERSION:
            raise ValueError("made by another version of pure-sweep")
        return (whole["settings"],
                [faults.Call(*call) for call in whole["calls"]],
                judge.Baseline(**whole["baseline"]))

    def results(self):
        """Those of runs that are over, in the order in which they were.  One that
        isn't written to its end is to be run again."""
        results = []
        try:
            with open(self.path("runs.jsonl")) as file:
                for line in file:
                    if line.endswith("\n"):
                        results.append(json.loads(line))
        except FileNotFoundError:
            pass
        return results

    def open(self, results):
        """For more, after RESULTS."""
        with open(self.path("runs.jsonl.new"), "w") as file:
            for result in results:
                file.write(json.dumps(result) + "\n")
        os.rename(self.path("runs.jsonl.new"), self.path("runs.jsonl"))
        self.file = open(self.path("runs.jsonl"), "a")

    def add(self, result, outcome):
        number = result["number"]
        if result["kind"]:
            for name, content in (("out", outcome.output),
                                  ("err", outcome.messages)):
                with open(self.path("findings", "%d.%s" % (number, name)),
                          "wb") as file:
                    file.write(content)
        self.file.write(json.dumps(result) + "\n")
        self.file.flush()


class NoJournal:
    """Of a sweep that isn't kept."""

    def open(self, results):
        pass

    def add(self, result, outcome):
        pass
