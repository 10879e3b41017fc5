#!/usr/bin/env python3
# Keep the result of a run in the tree, by processor, and make README's table of all
# that are kept.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: python3 bench/keep.py [--check | OUT]
#
# OUT is the directory that bench/run.sh has written to (build/bench). Its tables and
# plots go to bench/results/VENDOR-FAMILY-MODEL/, in place of what is there. Without OUT
# only the table is made, and with --check it is only looked whether README has it.
# Exit status: 0 done, 1 README has another table, 2 there is no such result.

import glob
import json
import os
import shutil
import sys

BENCH = os.path.dirname(os.path.abspath(__file__))
RESULTS = os.path.join(BENCH, "results")
README = os.path.join(os.path.dirname(BENCH), "README.md")
BEGIN = "<!-- made by bench/keep.py -->\n"
END = "<!-- end of what bench/keep.py makes -->\n"

# The vendors as CPUID has them.
VENDORS = {"GenuineIntel": "intel", "AuthenticAMD": "amd",
           "HygonGenuine": "hygon"}

# The rows of a result that the table has as columns.
SHOWN = (("libc/getppid", "`getppid ()`"), ("tar", "`tar`"))

# The table's rows: what is compared, its column in a result, which calls it gets, and
# what is said where no result has it.
WAYS = (
    ("purecc, no handler", "off", "none", None),
    ("**purecc, a handler**", "pass",
     "all of libc and ld.so, and of what is compiled with the plugin; the clocks "
     "of the vDSO too", None),
    ("ptrace (strace)", "strace", "all that enter the kernel", None),
    ("seccomp, user notification", "notify", "all that enter the kernel", None),
    ("Syscall User Dispatch", "dispatch",
     "all that enter the kernel; off in children until they turn it on", None),
    ("LD_PRELOAD", "preload",
     "of the C library's functions, those that are replaced, by name", None),
    ("zpoline", "zpoline",
     "those of the code that is mapped when it starts, found by disassembly; needs "
     "address 0", "41 ns a call, in its paper"),
)


def read(directory):
    """The result in DIRECTORY."""
    path = os.path.join(directory, "results.json")
    try:
        with open(path) as file:
            found = json.load(file)
    except (OSError, ValueError) as error:
        fail(2, "%s: %s; bench/run.sh writes it" % (path, error))
    return found


def fail(status, text):
    print(text, file=sys.stderr)
    sys.exit(status)


def name_of(machine):
    """The directory of the results of MACHINE."""
    try:
        return "%s-%s-%s" % (VENDORS.get(machine["vendor"],
                                         machine["vendor"].lower()),
                             machine["family"], machine["model"])
    except KeyError as error:
        fail(2, "the result has no %s of the processor: made by an earlier "
             "bench/run.sh" % error)


def keep(out):
    """Copy the result in OUT to where those of its processor are."""
    target = os.path.join(RESULTS, name_of(read(out)["machine"]))
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    for name in ("results.json", "table.md"):
        shutil.copy(os.path.join(out, name), target)
    for plot in glob.glob(os.path.join(out, "plots", "*.svg")) \
            + glob.glob(os.path.join(out, "plots", "*.png")):
        shutil.copy(plot, target)
    print("kept in " + target)


def ratio(value):
    decimals = 3 if value < 2 else 2 if value < 10 else 1
    return "%.*f" % (decimals, value)


def cell(result, row, column):
    """The ratio of COLUMN in ROW, or None."""
    for found in result["rows"]:
        if found["name"] == row:
            return found["cells"].get(column, {}).get("ratio", {}).get("median")
    return None


def words(result, row, column, otherwise):
    value = cell(result, row, column)
    if value is not None:
        return ratio(value)
    return otherwise if otherwise and row == SHOWN[0][0] else "–"


def letter(index):
    return chr(ord("A") + index)


def line(cells):
    return "| " + " | ".join(cells) + " |\n"


def processor(result):
    machine = result["machine"]
    known = ", family %s, model %s" % (machine["family"], machine["model"]) \
        if "family" in machine else ""
    return "%s%s, %s processors%s; Linux %s; %s; %s%s" % (
        machine.get("cpu", "an unknown processor"), known, machine["cpus"],
        ", a virtual machine" if machine["hypervisor"] else "",
        machine["kernel"], machine.get("system", "?"), result["date"],
        ", a quick run" if result["quick"] else "")


def table():
    """The table of all results, the newest first."""
    kept = sorted(((read(directory), os.path.basename(directory))
                   for directory in glob.glob(os.path.join(RESULTS, "*"))),
                  key=lambda result: result[0]["date"], reverse=True)
    head = ["%s, %s" % (title, letter(i)) for i in range(len(kept))
            for row, title in SHOWN]
    text = line(["", *head, "calls that it gets"])
    text += "|---" + "|--:" * len(head) + "|---|\n"
    for title, column, gets, otherwise in WAYS:
        text += line([title,
                      *(words(result, row, column, otherwise)
                        for result, _ in kept for row, _ in SHOWN), gets])
    text += "\n"
    for i, (result, name) in enumerate(kept):
        text += "- %s: %s ([all figures](bench/results/%s/table.md))\n" % (
            letter(i), processor(result), name)
    return text


def main():
    check = sys.argv[1:] == ["--check"]
    if len(sys.argv) > 2 or (not check and sys.argv[1:2] and
                             sys.argv[1].startswith("-")):
        fail(2, "usage: python3 bench/keep.py [--check | OUT]")
    if sys.argv[1:] and not check:
        keep(sys.argv[1])
    with open(README) as file:
        text = file.read()
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        fail(2, "README.md has no place for the table, between\n%s%s"
             % (BEGIN, END))
    start = text.index(BEGIN) + len(BEGIN)
    made = text[:start] + table() + text[text.index(END):]
    if check and made != text:
        fail(1, "README.md: the table isn't that of bench/results; "
             "python3 bench/keep.py makes it")
    if not check:
        with open(README, "w") as file:
            file.write(made)


if __name__ == "__main__":
    main()
