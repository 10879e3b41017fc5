# What is measured besides the rounds: a table each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table is {"name", "title", "unit", "rows"}, a row {"name", "title",
# "cells"}, and a cell {"value", and "ratio" to stock} or {"skipped": why}.

import compile_time
import instructions
import sizes
from setting import Unusable

TABLES = {
    "instructions": instructions.measure,
    "code": sizes.code,
    "compile": compile_time.measure,
    "memory": sizes.memory,
    "threads": sizes.threads,
}


def with_ratios(table):
    for row in table["rows"]:
        stock = row["cells"].get("stock", {}).get("value")
        for cell in row["cells"].values():
            if stock and "value" in cell:
                cell.setdefault("ratio", cell["value"] / stock)
    return table


def seconds(setting):
    """How long all of it takes, about."""
    return sum(part.seconds(setting)
               for part in (instructions, sizes, compile_time))


def measure(setting, columns, say, names=None):
    """All tables, or those of NAMES."""
    tables = []
    for name, function in TABLES.items():
        if names is not None and name not in names:
            continue
        try:
            tables.append(with_ratios(function(setting, columns, say)))
        except Unusable as error:
            tables.append({"name": name, "title": name, "unit": "",
                           "rows": [], "skipped": str(error)})
    return tables
