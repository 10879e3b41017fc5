#!/usr/bin/env python3
# Compare the results of CPython's own tests on the system's glibc and on a pure
# one, test by test.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: cpython-compare.py [--timeout SECONDS] [--logs DIRECTORY] SYSTEM PURE
#                           TEST...
#
# SYSTEM and PURE are the two pythons; TEST is as cpython-run.py has it.  A test
# whose results are not the same is run again alone, up to three times on each
# side; it is unstable if the results of both sides have one in common, and
# different if not.  Results are the words below; none: the test was not run.
# Exit status: 0 no only-pure failure, 1 some, 2 there is nothing to compare.

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# From the worst.  A difference is a failure of the side that has the worse.
RESULTS = ["killed", "timeout", "exited", "error", "fail", "none", "xpass",
           "skip", "xfail", "ok"]
SIDES = ["system", "pure"]
AGAIN = 3
RUNNER = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "cpython-run.py")


class Side:
    """One of the two pythons."""

    def __init__(self, name, python, args):
        self.name, self.python = name, python
        self.timeout = args.timeout
        self.logs = os.path.join(args.logs, name)
        os.makedirs(self.logs, exist_ok=True)

    def run_once(self, test, done):
        """Run TEST but for those in DONE; returns the lines of the results,
        and how it ended: None, or a word and a text."""
        directory = tempfile.mkdtemp(prefix="s")
        results = os.path.join(directory, "results")
        work = os.path.join(directory, "w")
        os.mkdir(work)
        open(results, "w").close()
        log = os.path.join(self.logs, test.replace("/", "-") + ".log")
        with open(log, "a") as output:
            process = subprocess.Popen(
                [self.python, RUNNER, results, test, *done], cwd=work,
                env={**os.environ, "TMPDIR": work}, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True)
            ended = self.wait(process, results)
        with open(results) as file:
            lines = [json.loads(line) for line in file]
        shutil.rmtree(directory, ignore_errors=True)
        if ended is None and not (lines and "end" in lines[-1]):
            ended = "exited", "before the last test"
        return lines, ended

    def wait(self, process, results):
        """Wait for PROCESS for as long as RESULTS grows in time."""
        size, since = 0, time.monotonic()
        while True:
            try:
                status = process.wait(1)
            except subprocess.TimeoutExpired:
                now = os.stat(results).st_size
                if now != size:
                    size, since = now, time.monotonic()
                elif time.monotonic() - since > self.timeout:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    return "timeout", "%d seconds" % self.timeout
                continue
            self.end_children(process.pid)
            if status < 0:
                return "killed", signal.Signals(-status).name
            return ("exited", "status %d" % status) if status else None

    @staticmethod
    def end_children(group):
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def run(self, test):
        """The results of TEST, a dictionary of words, and one of texts; begun
        again after a test that didn't come back."""
        words, texts = {}, {}
        while True:
            lines, ended = self.run_once(test, words)
            running = None
            news = False
            for line in lines:
                running = line.get("begin")
                if "test" in line:
                    news = True
                    self.note(words, texts, line["test"], line["result"],
                              line["text"])
            if ended is None:
                return words, texts
            self.note(words, texts, running or "the end of " + test, *ended)
            if not running or not news and not running:
                return words, texts

    @staticmethod
    def note(words, texts, name, word, text):
        """A name may come twice; the worse result counts."""
        if name in words and RESULTS.index(words[name]) <= RESULTS.index(word):
            return
        words[name] = word
        texts[name] = text


class Part:
    """What became of one TEST of the command line."""

    def __init__(self, name):
        self.name = name
        self.words = {}
        self.same = 0
        self.counts = dict.fromkeys(RESULTS, 0)
        self.both, self.only_pure, self.only_system = [], [], []
        self.unstable = []
        self.seconds = [0, 0]

    def run(self, sides):
        results, texts = [], []
        for i, side in enumerate(sides):
            start = time.monotonic()
            words, text = side.run(self.name)
            self.seconds[i] = time.monotonic() - start
            results.append(words)
            texts.append(text)
        for test in sorted(set(results[0]) | set(results[1])):
            self.add(test, sides, [r.get(test, "none") for r in results],
                     texts[1].get(test, ""))

    def add(self, test, sides, first, text):
        self.words[test] = first
        if first[0] == first[1]:
            self.same += 1
            self.counts[first[0]] += 1
            if first[0] not in ("ok", "xfail", "skip"):
                self.both.append((test, [[word] for word in first], text))
            return
        words = [[word] for word in first]
        for _ in range(AGAIN):
            for side, own in zip(sides, words):
                own.append(side.run(test)[0].get(test, "none"))
            if set(words[0]) & set(words[1]):
                self.unstable.append((test, words, text))
                return
        worse = RESULTS.index(first[1]) < RESULTS.index(first[0])
        (self.only_pure if worse else self.only_system).append(
            (test, words, text))


ROW = "%-32s %6s %6s %7s %8s %7s %10s %12s %9s %9s"
HEAD = ("module", "cases", "same", "passed", "skipped", "failed", "only pure",
        "only system", "unstable", "seconds")


def print_row(part):
    print(ROW % (part.name, len(part.words), part.same,
                 part.counts["ok"] + part.counts["xfail"], part.counts["skip"],
                 len(part.both), len(part.only_pure), len(part.only_system),
                 len(part.unstable), "%.0f/%.0f" % tuple(part.seconds)),
          flush=True)


def print_list(title, entries, with_text):
    if not entries:
        return
    print("\n%s:" % title)
    for test, words, text in entries:
        print("  %s: %s" % (test, ", ".join(
            "%s %s" % (side, " ".join(own))
            for side, own in zip(SIDES, words))))
        if with_text:
            print("".join("      %s\n" % line for line in text.splitlines()),
                  end="")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--timeout", type=float, default=120,
                        help="for one test, in seconds")
    parser.add_argument("--logs", required=True)
    parser.add_argument("system")
    parser.add_argument("pure")
    parser.add_argument("test", nargs="+")
    args = parser.parse_args()
    # Shells start what is in the background with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sides = [Side(name, getattr(args, name), args) for name in SIDES]

    print(ROW % HEAD, flush=True)
    parts = []
    for test in args.test:
        parts.append(Part(test))
        parts[-1].run(sides)
        print_row(parts[-1])
    for title, name in (("fail only on pure", "only_pure"),
                        ("fail only on the system's", "only_system"),
                        ("unstable: the same when run again", "unstable"),
                        ("fail on both", "both")):
        print_list(title, [entry for part in parts
                           for entry in getattr(part, name)],
                   name in ("only_pure", "unstable"))
    if any(part.counts["ok"] == 0 for part in parts):
        print("a module of which no test passes is none to compare by")
        return 2
    return 1 if any(part.only_pure for part in parts) else 0


if __name__ == "__main__":
    sys.exit(main())
