# The command line.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import os
import re
import shutil
import sys

NAME = "pure-sweep"

USAGE = """\
Usage: pure-sweep [OPTION]... [--] COMMAND [ARGUMENT]...
       pure-sweep [OPTION]... --resume DIR
Runs COMMAND on pure glibc once for each fault that can be injected into its system
calls: each place that makes one, and each error that the man page has for it. Says
where it crashes, hangs, makes a sanitizer report, or succeeds with another output.

  -j, --jobs NUMBER   so many runs at a time (one for each processor)
  --dir DIR           each run works in a fresh copy of DIR
  --stdin FILE        standard input of each run (/dev/null)
  --timeout TIME      a run that takes longer hangs, in seconds (10 times as long as
                      without a fault, and at least 5)
  --calls CALLS       only these calls, as strace's -e trace=
  --errors ERRORS     only these errors: EIO,ENOSPC; !EFAULT,EINVAL for all others
  --each NUMBER       the first NUMBER calls from each place in the program (1); 0: all
  --limit NUMBER      no more runs than that; the errors that are likely come first
  --out DIR           where results go, which --resume takes up
  --resume DIR        go on with the sweep whose results are in DIR
  --json FILE         write what is found to FILE too, as JSON; - is standard output
  --html FILE         as a page
  --no-gdb            don't run what crashes or hangs in gdb, for its stack
  --glibc DIR         the pure glibc, as pure-run's
  -q, --quiet         no progress
  -h, --help
  -V, --version

Exit status: 0 nothing was found, 1 something was, 2 it couldn't be done.
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        fail("%s; try '%s --help'" % (message, NAME))

    def format_help(self):
        return USAGE


def fail(message):
    sys.stderr.write("%s: %s\n" % (NAME, message))
    sys.exit(2)


def number(text):
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("it is no number: '%s'" % text)
    return int(text)


def above_zero(text):
    if not number(text):
        raise argparse.ArgumentTypeError("it has to be above 0")
    return number(text)


def seconds(text):
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|min|h|)", text)
    if not parts or not float(parts[1]):
        raise argparse.ArgumentTypeError("it is no time: '%s'" % text)
    return float(parts[1]) * {"ms": 0.001, "min": 60, "h": 3600}.get(parts[2], 1)


def parser(version):
    options = Parser(prog=NAME, allow_abbrev=False)
    add = options.add_argument
    add("-j", "--jobs", type=above_zero,
        default=len(os.sched_getaffinity(0)))
    add("--dir")
    add("--stdin", default=os.devnull)
    add("--timeout", type=seconds)
    add("--calls", default="all")
    add("--errors", default="all")
    add("--each", type=number, default=1)
    add("--limit", type=above_zero)
    add("--out")
    add("--resume")
    add("--json")
    add("--html")
    add("--no-gdb", action="store_true")
    add("--glibc")
    add("-q", "--quiet", action="store_true")
    add("-V", "--version", action="version",
        version="%s (purecc) %s" % (NAME, version))
    add("command", nargs=argparse.REMAINDER)
    return options


# What a sweep that is resumed has from its beginning.
KEPT = ("command", "dir", "stdin", "timeout", "calls", "errors", "each",
        "glibc", "directory")


def check(settings):
    """That the files are there, by absolute names."""
    if settings.command and settings.command[0] == "--":
        del settings.command[0]
    if settings.resume:
        changed = [name for name in KEPT
                   if getattr(settings, name, None)
                   not in (None, [], 1, "all", os.devnull)]
        if changed:
            fail("--resume goes on with the command and the options that the "
                 "sweep was begun with: leave %s out" % (
                     "COMMAND" if changed[0] == "command" else
                     "--" + changed[0]))
        if settings.out:
            fail("--resume and --out: what is resumed goes on in its directory")
    elif not settings.command:
        fail("no command; try '%s --help'" % NAME)
    for name, right, what in (("dir", os.path.isdir, "directory"),
                              ("stdin", os.path.exists, "file"),
                              ("glibc", os.path.isdir, "directory"),
                              ("resume", os.path.isdir, "directory")):
        value = getattr(settings, name)
        if value and not right(value):
            fail("--%s: there is no %s '%s'" % (name, what, value))
        if value:
            setattr(settings, name, os.path.abspath(value))
    if settings.out and os.path.isdir(settings.out) and os.listdir(settings.out):
        fail("--out: '%s' isn't empty; --resume goes on with a sweep"
             % settings.out)


def read(arguments, directory, version):
    """The options.  DIRECTORY is the program's own, where pure-run is too."""
    settings = parser(version).parse_args(arguments)
    settings.directory = None
    check(settings)
    settings.directory = os.getcwd()
    settings.pure_run = os.path.join(directory, "pure-run")
    if not os.access(settings.pure_run, os.X_OK):
        fail("there is no pure-run in '%s', where it belongs" % directory)
    settings.gdb = None if settings.no_gdb else shutil.which("gdb")
    return settings
