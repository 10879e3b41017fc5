# The result as one structure, which is the JSON that is written.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import datetime

import ratios
from setting import machine

VERSION = 1


def row_cells(rounds, columns, row):
    """A cell that failed in a later round is kept, with the reason."""
    figures = rounds.figures[row.name]
    stock = figures.get(ratios.STOCK, [])
    cells = {}
    for column in columns:
        cell = ratios.cell(figures.get(column.name, []), stock)
        reason = rounds.skipped.get((row.name, column.name))
        if cell and reason:
            cell["stopped"] = reason
        cells[column.name] = cell or {"skipped": reason or "no figure"}
    return cells


def row_result(rounds, columns, row):
    cells = row_cells(rounds, columns, row)
    again = cells.get(ratios.AGAIN, {}).get("ratio")
    return {"name": row.name, "title": row.title, "group": row.group,
            "unit": row.unit, "cells": cells,
            "noise": ratios.row_noise(again) if again else None}


def make(setting, columns, rounds, tables):
    rows = [row_result(rounds, columns, row) for job in rounds.jobs
            for row in job.rows]
    return {
        "purecc-bench": VERSION,
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "quick": setting.quick,
        "rounds": {"done": rounds.done, "planned": rounds.rounds,
                   "slow": min(rounds.done, rounds.slow_rounds)},
        "seconds": round(rounds.progress.elapsed()),
        "noise": ratios.machine_noise({row["name"]: row["noise"]
                                       for row in rows}),
        "columns": [{"name": column.name, "title": column.title,
                     "groups": list(column.groups) or None,
                     "slow": column.slow, "skipped": column.skipped}
                    for column in columns],
        "rows": rows,
        "tables": tables,
    }
