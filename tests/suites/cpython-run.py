#!/usr/bin/env python3
# Run tests of CPython's suite, one process, and write down each result.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: cpython-run.py RESULTS TEST [DONE...]
#
# TEST is test_os, test_os.FileTests, or the name of one test in full, with or
# without "test." in front; those named DONE are left out.  RESULTS gets a JSON
# object a line: {"begin": NAME} before a test, {"test": NAME, "result": WORD,
# "text": TRACEBACK} after it, WORD as in cpython-compare.py, and at the end
# {"end": true}.

import faulthandler
import importlib
import json
import os
import sys
import traceback
import unittest

from test import support

# From the worst: what a test with several results, of subtests, comes to.
RESULTS = ["error", "fail", "xpass", "skip", "xfail", "ok"]


class Recorder:
    """Writes RESULTS; opened for each line, since tests look at descriptors."""

    def __init__(self, path):
        self.path = path
        self.process = os.getpid()

    def write(self, **line):
        # A child of a test that didn't end where it should have.
        if os.getpid() != self.process:
            os._exit(99)
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")


class Result(unittest.TestResult):
    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder
        self.running = None
        self.parts = []

    def startTest(self, test):
        super().startTest(test)
        self.running = test
        self.parts = []
        self.recorder.write(begin=test.id())

    def stopTest(self, test):
        super().stopTest(test)
        self.running = None
        self.finish(test)

    def finish(self, test):
        word, text = min(self.parts or [("ok", "")],
                         key=lambda part: RESULTS.index(part[0]))
        if word in ("error", "fail"):
            print("%s: %s\n%s" % (test.id(), word, text), file=sys.__stderr__)
        self.recorder.write(test=test.id(), result=word, text=text)

    def part(self, test, word, text=""):
        if isinstance(text, tuple):
            text = "".join(traceback.format_exception(*text))
        self.parts.append((word, text))
        # setUpClass and setUpModule are not started as tests.
        if self.running is None:
            self.finish(test)
            self.parts = []

    def addError(self, test, problem):
        self.part(test, "error", problem)

    def addFailure(self, test, problem):
        self.part(test, "fail", problem)

    def addSubTest(self, test, subtest, problem):
        if problem is not None:
            failed = issubclass(problem[0], test.failureException)
            self.part(test, "fail" if failed else "error", problem)

    def addSkip(self, test, reason):
        self.part(test, "skip", reason)

    def addExpectedFailure(self, test, problem):
        self.part(test, "xfail")

    def addUnexpectedSuccess(self, test):
        self.part(test, "xpass")


def tests_in(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_in(test)
        else:
            yield test


def names_of(test):
    """What TEST is run for: its own name, and what is set up before it."""
    module = type(test).__module__
    where = unittest.util.strclass(type(test))
    return {test.id(), *("%s (%s)" % (what, place) for what, place in
            [("setUpClass", where), ("tearDownClass", where),
             ("setUpModule", module), ("tearDownModule", module)])}


def load(module):
    try:
        return unittest.defaultTestLoader.loadTestsFromModule(
            importlib.import_module(module))
    except unittest.SkipTest as skipped:
        def reason(self, text=str(skipped)):
            self.skipTest(text)
        case = type("Skipped", (unittest.TestCase,), {"test_module": reason,
                    "__module__": module, "__qualname__": "Skipped"})
        return unittest.TestSuite([case("test_module")])


def main():
    recorder = Recorder(sys.argv[1])
    wanted, done = sys.argv[2], set(sys.argv[3:])
    # "setUpClass (test.test_os.FileTests)" names its module inside.
    words = wanted.removesuffix(")").split("(")[-1].removeprefix("test.")
    module = "test." + words.split(".")[0]
    faulthandler.enable()
    # As `python3 -m test' has it when no resource is named.
    support.use_resources = []
    support.verbose = 0
    support.record_original_stdout(sys.stdout)

    tests = [test for test in tests_in(load(module))
             if (test.id() + ".").startswith("test." + words + ".")
             or wanted in names_of(test)]
    if not tests:
        sys.exit("no test is named %s" % wanted)
    suite = unittest.TestSuite(test for test in tests if test.id() not in done)
    suite.run(Result(recorder))
    recorder.write(end=True)


if __name__ == "__main__":
    main()
