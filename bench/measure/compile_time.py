# What the plugin costs the compiler: some of glibc's own compilations again,
# with the plugin and without, in turn; user time.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import shlex
import statistics

from commands import find_source
from setting import Unusable

DROPPED = re.compile(r"-MD|-MP|-(MF|MT|o)")
DIRECTORY = re.compile(r"make\[(\d)\]: Entering directory '(.*)'")


def compilations(setting):
    """The commands of glibc's build that make an object of libc.so from C, as
    (directory, words), without the files that they wrote."""
    log = setting.glibc["stock"] + ".work/log"
    if not os.path.exists(log):
        raise Unusable("the log of the stock build isn't there any more")
    source = find_source(setting)
    was = directory = None
    found = []
    with open(log, errors="replace") as file:
        for line in file:
            entering = DIRECTORY.match(line)
            if entering:
                directory = entering.group(2)
                if entering.group(1) == "1":
                    was = directory
                continue
            if not was or not re.match(r"gcc \S+\.c -c .* -o \S+\.os ", line):
                continue
            line = line.replace(was + "/", source + "/")
            found.append((directory.replace(was, source), plain(line)))
    if not found:
        raise Unusable("the log of the stock build has no compilations")
    return found


def plain(line):
    words = []
    drop = 0
    for word in shlex.split(line):
        match = DROPPED.fullmatch(word)
        if match:
            drop = 1 if match.group(1) else 0
        elif drop:
            drop = 0
        else:
            words.append(word)
    return words


def user_seconds(directory, words):
    """The user time of a compilation, its children's included."""
    pid = os.fork()
    if pid == 0:
        try:
            os.chdir(directory)
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in range(3):
                os.dup2(null, descriptor)
            os.execvp(words[0], words)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise Unusable("this doesn't compile any more: " + words[1])
    return usage.ru_utime


def without_asm(setting):
    """A file with functions and no asm: a short one, as the machine's speed
    changes within seconds."""
    path = setting.file("no-asm.c")
    with open(path, "w") as file:
        for i in range(40):
            file.write("int f%d (int *p, int n)\n{\n  int s = %d;\n"
                       "  for (int i = 0; i < n; i++)\n"
                       "    if (p[i] > s)\n      s += p[i] * %d;\n"
                       "  return s;\n}\n" % (i, i, i + 3))
    return [(setting.work, ["gcc", "-O2", "-c", path])]


def compare(setting, sample, rounds, say, title):
    """Medians of the user time without and with the plugin, and of the ratio
    of the sums in a round."""
    plugin = "-fplugin=" + os.path.join(setting.build, "purecc.so")
    sums = []
    for number in range(rounds):
        say("compile time: %s, round %d of %d" % (title, number + 1, rounds))
        without = guarded = 0
        for directory, words in sample:
            command = words + ["-o", setting.file("compiled.o")]
            # Both ways round: who comes first warms the caches.
            without += user_seconds(directory, command)
            guarded += user_seconds(directory, command + [plugin])
            guarded += user_seconds(directory, command + [plugin])
            without += user_seconds(directory, command)
        sums.append((without, guarded))
    return {"stock": {"value": round(statistics.median(
                s for s, _ in sums) / 2, 3)},
            "plugin": {"value": round(statistics.median(
                g for _, g in sums) / 2, 3),
                "ratio": statistics.median(g / s for s, g in sums)}}


def measure(setting, columns, say):
    rows = []
    for name, title, find, most, rounds in (
            ("glibc", "a sample of glibc", compilations,
             setting.sized(12, 60), setting.sized(2, 5)),
            ("no-asm", "a file with no asm", without_asm, 1,
             setting.sized(10, 60))):
        try:
            all_of_it = find(setting)
            sample = all_of_it[::max(1, len(all_of_it) // most)][:most]
            cells = compare(setting, sample, rounds, say, title)
        except Unusable as error:
            cells = {name: {"skipped": str(error)}
                     for name in ("stock", "plugin")}
        rows.append({"name": name, "title": title, "cells": cells})
    return {"name": "compile", "unit": "s", "compare": "ratio", "rows": rows,
            "title": "Compile time with the plugin, user time"}
