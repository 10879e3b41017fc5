# What a whole build costs, all that it starts included: `./configure && make' of GNU
# hello, natively, on a pure glibc as pure-run starts it, and under tracers.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import statistics
import subprocess

from setting import Unusable, need

BUILD = "cd %s && rm -rf out && mkdir out && cd out && " \
    "%s/configure --quiet && make -s"
SECONDS_MAX = 1200


def find_source(setting):
    """The source as Debian has it; it is fetched once."""
    need("make", "cc", "dpkg-source")
    fetch = os.path.join(setting.root, "tests/projects/fetch.inc")
    done = subprocess.run(
        ["sh", "-eu", "-c", '. "$1"; fetch hello', fetch, fetch],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
        env=dict(os.environ, PURECC_BUILD=setting.build))
    if done.returncode != 0:
        raise Unusable("the source of GNU hello can't be had")
    return os.path.join(setting.build, "projects/hello/source")


def columns(setting):
    """What comes before the shell that builds, by the column's name."""
    run = [os.path.join(setting.build, "pure-run"), "--quiet", "--glibc",
           setting.glibc["pure"]]
    return {
        "stock": [],
        "again": [],
        "off": run + ["--"],
        "pass": run + ["--handler", "pass", "--"],
        "pass-same": run + ["--handler", "pass", "--same-namespace", "--"],
        "strace": ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null"],
        "proot": ["proot"],
    }


def processor_seconds(words):
    """Of a command, with all that it has waited for."""
    pid = os.fork()
    if pid == 0:
        try:
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in range(3):
                os.dup2(null, descriptor)
            os.execvp(words[0], words)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise Unusable("the build fails under %s" % words[0])
    return usage.ru_utime + usage.ru_stime


def cell(times, native):
    return {"value": round(statistics.median(times), 2),
            "ratio": statistics.median(a / b for a, b in zip(times, native))}


def measure(setting, _, say):
    source = find_source(setting)
    command = ["timeout", str(SECONDS_MAX), "sh", "-c",
               BUILD % (setting.work, source)]
    rounds = setting.sized(1, 5)
    times, cells = {}, {}
    for i in range(rounds):
        for name, before in columns(setting).items():
            if name in cells:
                continue
            if before and not shutil.which(before[0]):
                cells[name] = {"skipped": "%s isn't installed" % before[0]}
                continue
            say("a build, %d of %d: %s" % (i + 1, rounds, name))
            try:
                seconds = processor_seconds(before + command)
                times.setdefault(name, []).append(seconds)
            except Unusable as error:
                if name == "stock":
                    raise
                cells[name] = {"skipped": str(error)}
    for name, seconds in times.items():
        cells.setdefault(name, cell(seconds, times["stock"]))
    return {"name": "build", "title": "A build: processor time",
            "unit": "s", "compare": "ratio",
            "rows": [{"name": "hello", "title": "GNU hello: configure, make",
                      "cells": cells}]}
