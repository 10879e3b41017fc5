# What is measured besides the rounds: a table each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table is {"name", "title", "unit", "rows", "compare": "ratio", "difference"
# or None}, a row {"name", "title", "cells"}, and a cell {"value", and what it
# is to stock's by "compare"} or {"skipped": why}.

import build
import compile_time
import instructions
import sizes
from setting import Unusable

# The function, and how many seconds it takes, about: quick, and in full.
TABLES = {
    "instructions": (instructions.measure, 30, 200),
    "code": (sizes.code, 1, 1),
    "compile": (compile_time.measure, 25, 240),
    "build": (build.measure, 90, 400),
    "memory": (sizes.memory, 8, 8),
    "threads": (sizes.threads, 6, 35),
}


def compared(table):
    """TABLE, in each cell what it is to stock's."""
    for row in table["rows"]:
        stock = row["cells"].get("stock", {}).get("value")
        for cell in row["cells"].values():
            if not stock or "value" not in cell:
                continue
            if table["compare"] == "ratio":
                cell.setdefault("ratio", cell["value"] / stock)
            elif table["compare"] == "difference":
                cell["difference"] = round(cell["value"] - stock, 1)
    return table


def seconds(setting, names):
    """How long the tables of NAMES take, about."""
    return sum(setting.sized(quick, full) for name, (_, quick, full)
               in TABLES.items() if name in names)


def measure(setting, columns, names, progress):
    """The tables of NAMES."""
    end = progress.elapsed() + seconds(setting, names)

    def say(text):
        progress.say(text, max(end - progress.elapsed(), 0))
    tables = []
    for name, (function, _, _) in TABLES.items():
        if name not in names:
            continue
        try:
            tables.append(compared(function(setting, columns, say)))
        except Unusable as error:
            tables.append({"name": name, "title": name, "unit": "",
                           "compare": None, "rows": [],
                           "skipped": str(error)})
    return tables
