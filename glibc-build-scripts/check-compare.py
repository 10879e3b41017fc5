#!/usr/bin/env python3
# Compare the results of glibc's tests on a stock and on a pure build.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-compare.py --mode MODE [--again FILE] [--expected FILE]
#                         [--stock all|failed] [--json FILE | --undecided]
#                         STOCK PURE
#
# STOCK and PURE have a line a test, "RESULT: SUBDIR/TEST", as glibc's own
# summaries; AGAIN has those of repeated runs, with "stock " or "pure " in
# front.  What counts is the best result of each side: if they are equal, the
# test is the same, or unstable if it had others too; if not, it fails on the
# side that has the worse.  --undecided prints the names of those that should
# run again, and no more: they differ, or fail on both sides, so far.
# A test without a result on one side is UNRESOLVED there.  But what is
# UNRESOLVED on the other, and so a part of a test maybe, was MADE.  With --stock
# failed a test that passes on the pure side need not have run on the stock one:
# it is counted apart, as passed.
# Exit status: 0 no only-pure failure, 1 some, 2 the input can't be used.

import argparse
import json
import sys

# From the worst.
RESULTS = ["ERROR", "UNRESOLVED", "FAIL", "UNSUPPORTED", "XFAIL", "XPASS",
           "PASS", "MADE"]
FAILURES = RESULTS[:3]
MODES = ["off", "pass", "isolated"]
MOST_EXPECTED = 10


class Unusable(Exception):
    pass


def read_lines(path):
    """The lines of PATH, each with its place; none without a PATH."""
    if not path:
        return
    with open(path) as file:
        for number, line in enumerate(file, 1):
            yield "%s:%d" % (path, number), line.rstrip("\n")


def parse_result(place, line):
    result, colon, test = line.partition(": ")
    if not colon or result not in RESULTS or not test:
        raise Unusable("%s: not a line of results: %s" % (place, line))
    return result, test


def read_results(path):
    results = {}
    for place, line in read_lines(path):
        result, test = parse_result(place, line)
        results[test] = result
    return results


def read_again(path, sides):
    """Add the results of repeated runs to SIDES, a dictionary of lists each."""
    for place, line in read_lines(path):
        side, _, rest = line.partition(" ")
        if side not in sides:
            raise Unusable("%s: neither stock nor pure: %s" % (place, line))
        result, test = parse_result(place, rest)
        sides[side].setdefault(test, []).append(result)


def read_expected(path, mode):
    """What may fail in MODE: names and reasons."""
    expected = {}
    total = 0
    for place, line in read_lines(path):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        if len(words) < 3 or words[0] not in MODES or "/" not in words[1]:
            raise Unusable("%s: not MODE SUBDIR/TEST REASON: %s"
                           % (place, line))
        if words[0] == "off":
            raise Unusable("%s: no test is expected to fail without a handler"
                           % place)
        total += 1
        if words[0] == mode:
            expected[words[1]] = words[2]
    if total > MOST_EXPECTED:
        raise Unusable("%s: %d tests, and %d is the most; fix the code, or"
                       " say in docs/limits.md that it is a limit"
                       % (path, total, MOST_EXPECTED))
    return expected


def subdir_of(test):
    return test.split("/")[0] if "/" in test else "."


def best(results):
    return max(results, key=RESULTS.index)


class Subdir:
    def __init__(self):
        self.tests = 0
        self.same = 0
        self.passed = 0
        self.only_pure = []
        self.expected = []
        self.only_stock = []
        self.both = []
        self.unstable = []

    def add(self, test, stock, pure, reason):
        """STOCK and PURE are all results of TEST."""
        self.tests += 1
        entry = {"test": test, "stock": stock, "pure": pure}
        on_stock, on_pure = best(stock), best(pure)
        if on_stock == on_pure:
            if len(set(stock + pure)) > 1:
                self.unstable.append(entry)
                return
            self.same += 1
            if on_pure in FAILURES:
                self.both.append(entry)
        elif on_stock == best([on_stock, on_pure]):
            if reason:
                self.expected.append(dict(entry, reason=reason))
            else:
                self.only_pure.append(entry)
        else:
            self.only_stock.append(entry)

    def undecided(self):
        return self.only_pure + self.expected + self.only_stock + self.both


def all_results(test, first, other, again):
    """Those of TEST on one side, the first run's first."""
    if test in first:
        return [first[test]] + again.get(test, [])
    if other[test] == "UNRESOLVED":
        return ["MADE"]
    return ["UNRESOLVED"] + again.get(test, [])


def compare(stock, pure, again, expected, all_on_stock):
    """A Subdir each, and one for all."""
    subdirs = {}
    total = Subdir()
    for test in sorted(set(stock) | set(pure)):
        on_stock = all_results(test, stock, pure, again["stock"])
        on_pure = all_results(test, pure, stock, again["pure"])
        passed = on_pure == ["PASS"] and test not in stock
        for part in subdirs.setdefault(subdir_of(test), Subdir()), total:
            if passed and not all_on_stock:
                part.tests += 1
                part.passed += 1
            else:
                part.add(test, on_stock, on_pure, expected.get(test))
    return subdirs, total


def print_list(title, entries):
    if not entries:
        return
    print("\n%s:" % title)
    for entry in entries:
        print("  %s: stock %s, pure %s%s"
              % (entry["test"], " ".join(entry["stock"]),
                 " ".join(entry["pure"]),
                 "; " + entry["reason"] if "reason" in entry else ""))


def print_table(subdirs, total, expected):
    row = "%-14s %6s %6s %6s %10s %9s %11s %10s %9s"
    print(row % ("subdirectory", "tests", "same", "passed", "only pure",
                 "expected", "only stock", "both fail", "unstable"))
    for name, part in sorted(subdirs.items()) + [("all", total)]:
        print(row % (name, part.tests, part.same, part.passed,
                     len(part.only_pure),
                     len(part.expected), len(part.only_stock), len(part.both),
                     len(part.unstable)))
    print_list("fail only on pure", total.only_pure)
    print_list("fail only on pure, as expected", total.expected)
    print_list("fail only on stock", total.only_stock)
    print_list("fail on both", total.both)
    print_list("unstable: the same when run again", total.unstable)
    stale = set(expected) - {entry["test"] for entry in total.expected}
    for test in sorted(stale):
        print("\nexpected to fail only on pure, and it doesn't: %s" % test)


def write_json(path, mode, subdirs, total):
    with open(path, "w") as file:
        json.dump({"mode": mode, "all": vars(total),
                   "subdirs": {name: vars(part)
                               for name, part in subdirs.items()}},
                  file, indent=1, sort_keys=True)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=MODES, required=True)
    parser.add_argument("--again")
    parser.add_argument("--expected")
    parser.add_argument("--stock", dest="which", default="all",
                        choices=["all", "failed"])
    parser.add_argument("--json")
    parser.add_argument("--undecided", action="store_true")
    parser.add_argument("stock")
    parser.add_argument("pure")
    args = parser.parse_args()

    again = {"stock": {}, "pure": {}}
    try:
        stock, pure = read_results(args.stock), read_results(args.pure)
        read_again(args.again, again)
        expected = read_expected(args.expected, args.mode)
    except (OSError, Unusable) as problem:
        print("check-compare: %s" % problem, file=sys.stderr)
        return 2
    if not stock and not pure:
        print("check-compare: no results", file=sys.stderr)
        return 2
    subdirs, total = compare(stock, pure, again, expected,
                             args.which == "all")
    if args.undecided:
        for entry in total.undecided():
            print(entry["test"])
        return 0
    print_table(subdirs, total,
                {test: reason for test, reason in expected.items()
                 if test in stock or test in pure})
    if args.json:
        write_json(args.json, args.mode, subdirs, total)
    return 1 if total.only_pure else 0


if __name__ == "__main__":
    sys.exit(main())
