# How many instructions a call takes: exact, by callgrind.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import subprocess

import micro
from columns import plain_words
from setting import Unusable, last_line, need

COLUMNS = ("stock", "off", "pass", "pass-same", "variadic", "answer",
           "answer-stackless", "answer-same")
# Two runs with these many calls differ by the calls alone.
FEW, MANY = 1000, 3000


def executed(setting, command):
    """The instructions that COMMAND executes."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         *command], capture_output=True, text=True, errors="replace",
        stdin=subprocess.DEVNULL, cwd=setting.work)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise Unusable(last_line(done.stderr))
    return int(found.group(1))


def measure_call(setting, job, column, call):
    few, many = (executed(setting, column.command(
        setting, job.program(column),
        job.options + ["-c", str(count), call]))
        for count in (FEW, MANY))
    return round((many - few) / (MANY - FEW), 1)


def measure(setting, columns, say):
    """A table with a row for each call and kind of site."""
    need("valgrind")
    rows = []
    for job in micro.jobs(setting):
        for call, words in setting.sized(job.calls[:1], job.calls):
            cells = {}
            for column in columns:
                if column.name not in COLUMNS or column.skipped:
                    continue
                say("instructions: %s/%s, %s" % (job.kind, call, column.name))
                try:
                    cells[column.name] = {"value": measure_call(
                        setting, job, column, call)}
                except Unusable as error:
                    cells[column.name] = {"skipped": plain_words(str(error))}
            rows.append({"name": "%s/%s" % (job.kind, call),
                         "title": "%s: %s" % (job.kind, words),
                         "cells": cells})
    return {"name": "instructions", "unit": "instructions",
            "compare": "difference", "rows": rows,
            "title": "In user space, a call and its loop"}
