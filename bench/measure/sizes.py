# The size of the code, what a process has of memory, and two threads' speed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import statistics
import subprocess
import time

import servers
from setting import Unusable, output_of

SLEEPING = "230 "  # clock_nanosleep
ROUNDS = 5


def text_size(path):
    for line in output_of(["size", "-A", "-d", path]).splitlines():
        words = line.split()
        if words[:1] == [".text"]:
            return int(words[1])
    raise Unusable("it has no .text")


def code(setting, columns, say):
    say("size of the code")
    files = {"libc.so.6": setting.library, "ld.so":
             lambda glibc: setting.loader(glibc)[0]}
    return {"name": "code", "title": "Code: .text", "unit": "bytes",
            "compare": "ratio", "rows": [
                {"name": name, "title": name, "cells": {
                    "stock": {"value": text_size(path("stock"))},
                    "pure": {"value": text_size(path("pure"))}}}
                for name, path in files.items()]}


def wait_for_sleep(process):
    """Until PROCESS, /bin/sleep, has started and sleeps."""
    for _ in range(500):
        if process.poll() is not None:
            raise Unusable("it ended at once")
        with open("/proc/%d/syscall" % process.pid) as file:
            if file.read().startswith(SLEEPING):
                return
        time.sleep(0.01)
    raise Unusable("it doesn't start")


def memory_of(setting, column):
    """The KiB of a process that does nothing: all that it has mapped and
    touched, and what of that is no file's and so nobody else's."""
    process = subprocess.Popen(column.command(setting, "/bin/sleep", ["60"]),
                               stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        wait_for_sleep(process)
        with open("/proc/%d/smaps_rollup" % process.pid) as file:
            sizes = dict(re.findall(r"^(\w+): +(\d+) kB", file.read(), re.M))
    finally:
        servers.stop(process)
    return int(sizes["Rss"]), int(sizes["Anonymous"])


def memory(setting, columns, say):
    cells = {"resident": {}, "of that anonymous": {}}
    for column in columns:
        if column.skipped or column.groups or not column.direct:
            continue
        say("memory: " + column.name)
        try:
            found = [memory_of(setting, column) for _ in range(ROUNDS)]
        except (Unusable, OSError) as error:
            for kind in cells.values():
                kind[column.name] = {"skipped": str(error)}
            continue
        for kind, values in zip(cells.values(), zip(*found)):
            kind[column.name] = {"value": statistics.median(values)}
    return {"name": "memory", "unit": "KiB", "compare": "difference",
            "title": "Memory of a process that sleeps",
            "rows": [{"name": name, "title": name, "cells": cells[name]}
                     for name in cells]}


def getppid(setting, column, threads):
    command = column.command(
        setting, setting.program("micro"),
        ["-j", str(threads), "-t", str(setting.sized(30, 200)), "getppid"])
    if threads == 1:
        command = setting.pinned(command)
    return float(output_of(command, timeout=60).split()[1])


def threads(setting, columns, say):
    if setting.cpus < 2:
        raise Unusable("there is one processor only")
    cells = {}
    for column in columns:
        if column.name not in ("stock", "off", "pass", "pass-same"):
            continue
        say("two threads: " + column.name)
        if column.skipped:
            cells[column.name] = {"skipped": column.skipped}
            continue
        speeds = [getppid(setting, column, 1) / getppid(setting, column, 2)
                  for _ in range(ROUNDS)]
        cells[column.name] = {"value": round(statistics.median(speeds), 2)}
    return {"name": "threads", "unit": "times one thread's", "compare": None,
            "title": "Calls that two threads make in the time",
            "rows": [{"name": "getppid", "title": "getppid",
                      "cells": cells}]}
