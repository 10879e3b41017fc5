#!/usr/bin/env python3
# Has what the benchmarks wrote the shape that it should have?
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-shape.py OUT COLUMNS
#
# OUT is the directory; asked for were the rows libc and true and these COLUMNS.
# Exit status: 0 it has, 1 it has not.

import json
import os
import shutil
import sys

MICRO = 9
# Figures of a turn.
COPIES = 16


class Wrong(Exception):
    pass


def check(good, what):
    if not good:
        raise Wrong(what)


def check_summary(cell, key, count):
    found = cell[key]
    check(0 < found["low"] <= found["median"] <= found["high"],
          "%s is no median within quartiles: %s" % (key, found))
    check(found["sure_low"] <= found["median"] <= found["sure_high"],
          "%s is not in its interval: %s" % (key, found))
    check(found["count"] == count, "%d figures, and not %d"
          % (found["count"], count))


def check_json(result, columns):
    check([column["name"] for column in result["columns"]] == columns,
          "other columns")
    for column in result["columns"]:
        check(column["skipped"] is None, "%s was skipped: %s"
              % (column["name"], column["skipped"]))
    check(len(result["rows"]) == MICRO + 1, "other rows")
    for row in result["rows"]:
        check(list(row["cells"]) == columns, "other cells")
        for cell in row["cells"].values():
            count = COPIES if row["group"] == "micro" else 1
            check_summary(cell, "value", count)
            check_summary(cell, "ratio", count)
        stock = row["cells"]["stock"]["ratio"]
        check(stock["median"] == 1, "stock is not 1")
        check(row["noise"] >= 0, "no noise")
    check(result["noise"]["worst_row"] in
          [row["name"] for row in result["rows"]], "no worst row")
    for key in ("cpu", "kernel", "vendor", "family", "model"):
        check(result["machine"][key], "the machine has no " + key)
    check(result["rounds"]["done"] == 1, "not one round")


def check_text(text, result):
    for row in result["rows"]:
        lines = [line for line in text.splitlines()
                 if line.startswith(row["title"] + "  ")]
        check(len(lines) == 1, "table.txt has no line " + row["title"])
        check(lines[0].count("±") == (row["group"] == "micro"),
              "other columns in table.txt")
    check("Noise (stock against stock): " in text, "no noise in table.txt")


def check_markdown(text):
    """Each line of a table has as many cells as its header."""
    tables = 0
    header = None
    for line in text.splitlines():
        if not line.startswith("|"):
            header = None
            continue
        bars = line.count("|")
        if header is None:
            header = bars
            tables += 1
        check(bars == header, "table.md has an uneven line: " + line)
    check(tables == 2, "table.md has %d tables" % tables)


def check_plots(directory):
    for name in ("calls", "calls-pure", "start"):
        for kind, mark in (("svg", b"<svg"), ("png", b"\x89PNG")):
            with open(os.path.join(directory, name + "." + kind), "rb") as file:
                check(mark in file.read(4096), "%s.%s isn't one"
                      % (name, kind))


def main():
    out, columns = sys.argv[1], sys.argv[2].split(",")
    with open(os.path.join(out, "results.json")) as file:
        result = json.load(file)
    check_json(result, columns)
    with open(os.path.join(out, "table.txt")) as file:
        text = file.read()
    check_text(text, result)
    with open(os.path.join(out, "printed")) as file:
        check(file.read().startswith(text), "another table was printed")
    with open(os.path.join(out, "table.md")) as file:
        check_markdown(file.read())
    if shutil.which("gnuplot"):
        check_plots(os.path.join(out, "plots"))


try:
    main()
except Wrong as error:
    sys.exit("wrong: %s" % error)
except (KeyError, OSError, ValueError) as error:
    sys.exit("wrong: %s: %s" % (type(error).__name__, error))
