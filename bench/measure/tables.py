# The result as text, and as Markdown.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import ratios

GROUPS = {"micro": "Single calls", "start": "Start-up", "macro": "Programs"}


def number(value):
    """VALUE with as many decimals as are worth reading."""
    if abs(value) < 10 and value != int(value):
        return "%.2f" % value
    if abs(value) < 1000 and value != int(value):
        return "%.1f" % value
    return "{:,.0f}".format(value)


def ratio(cell):
    """A ratio, and how uncertain it is, if that is known at all."""
    value = cell["median"]
    decimals = 3 if value < 2 else 2 if value < 10 else 1 if value < 100 else 0
    if cell["count"] == 1:
        return "%.*f" % (decimals, value)
    return "%.*f ±%.*f" % (decimals, value, decimals,
                           ratios.uncertainty(cell))


def percent(share):
    return "%.1f%%" % (100 * share)


class Notes:
    """Reasons, each once, with a letter that stands for it."""

    def __init__(self):
        self.reasons = []

    def mark(self, reason):
        if reason not in self.reasons:
            self.reasons.append(reason)
        return "– (%s)" % letters(self.reasons.index(reason))

    def lines(self):
        return ["(%s) %s" % (letters(i), reason)
                for i, reason in enumerate(self.reasons)]


def letters(index):
    rest, last = divmod(index, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("a") + last)


def shown_columns(result, group):
    """Those with a column of their own: stock is the unit of all others, and
    that run again is the noise."""
    return [column["name"] for column in result["columns"]
            if column["name"] not in (ratios.STOCK, ratios.AGAIN)
            and not column["skipped"]
            and (not column["groups"] or group in column["groups"])]


def group_grid(result, group, notes):
    """The lines of words for one group of rows, the header first."""
    shown = shown_columns(result, group)
    rows = [row for row in result["rows"] if row["group"] == group]
    grid = [["", "stock", "noise", *shown]]
    for row in rows:
        stock = row["cells"].get(ratios.STOCK, {})
        line = [row["title"]]
        if "value" in stock:
            line.append("%s %s" % (number(stock["value"]["median"]),
                                   row["unit"]))
        else:
            line.append(notes.mark(stock.get("skipped", "not measured")))
        line.append("–" if row["noise"] is None else percent(row["noise"]))
        for name in shown:
            cell = row["cells"][name]
            line.append(ratio(cell["ratio"]) if "ratio" in cell
                        else notes.mark(cell["skipped"]))
        grid.append(line)
    return grid if rows else None


def compared(cell, shown):
    """What CELL is to stock's, in brackets."""
    if shown and "ratio" in cell:
        return " (%.3f)" % cell["ratio"]
    if shown and "difference" in cell:
        difference = cell["difference"]
        return " (%s%s)" % ("" if difference < 0 else "+", number(difference))
    return ""


def table_grid(table, notes):
    names = []
    for row in table["rows"]:
        names += [name for name in row["cells"] if name not in names]
    grid = [["", *names]]
    for row in table["rows"]:
        line = [row["title"]]
        for name in names:
            cell = row["cells"].get(name, {"skipped": "not measured"})
            if "value" not in cell:
                line.append(notes.mark(cell["skipped"]))
            else:
                line.append(number(cell["value"])
                            + compared(cell, name != ratios.STOCK))
        grid.append(line)
    return grid


def facts(result):
    """Machine, date, rounds and noise, a sentence each."""
    machine = result["machine"]
    lines = [
        "%s, %s processors, %s%s; Linux %s; %s; %s." % (
            machine.get("cpu", "an unknown processor"), machine["cpus"],
            machine.get("memory", "?"),
            ", a virtual machine" if machine["hypervisor"] else "",
            machine["kernel"], machine.get("system", "?"), result["date"]),
        "%d of %d rounds (%d for slow columns)%s, %d s." % (
            result["rounds"]["done"], result["rounds"]["planned"],
            result["rounds"]["slow"],
            ", quick" if result["quick"] else "", result["seconds"])]
    return lines + noise_lines(result["noise"])


def noise_lines(noise):
    if not noise:
        return ["The noise was not measured."]
    text = ("Noise (stock against stock): %s in the middle row, %s in the "
            "worst, %s." % (percent(noise["middle"]), percent(noise["worst"]),
                            noise["worst_row"]))
    if not noise["too_noisy"]:
        return [text]
    return [text, "THIS MACHINE IS TOO NOISY for these figures to be judged: "
            "at most %s is." % percent(noise["limit"])]


def legend(result):
    return ["%s: %s%s" % (column["name"], column["title"],
                          ", not measured: " + column["skipped"]
                          if column["skipped"] else "")
            for column in result["columns"]]


COMPARED = {"ratio": " (ratio to stock)", "difference": " (more than stock)",
            None: ""}
READING = ("Ratios to stock in the same turn: the median, and half of the "
           "interval that it is in with %.0f%% confidence."
           % (100 * ratios.CONFIDENCE))


def sections(result, notes):
    """(title, grid or None, why there is none) of each table."""
    for group, title in GROUPS.items():
        grid = group_grid(result, group, notes)
        if grid:
            yield "%s. %s" % (title, READING), grid, None
    for table in result["tables"]:
        title = table["title"] + (", " + table["unit"] if table["unit"]
                                  else "") + COMPARED[table["compare"]]
        yield (title, table_grid(table, notes) if table["rows"] else None,
               table.get("skipped"))


def aligned(grid):
    widths = [max(len(line[i]) for line in grid) for i in range(len(grid[0]))]
    for line in grid:
        yield "  ".join([line[0].ljust(widths[0])]
                        + [word.rjust(width) for word, width
                           in zip(line[1:], widths[1:])]).rstrip()


def text(result):
    notes = Notes()
    lines = facts(result) + ["", *legend(result)]
    for title, grid, reason in sections(result, notes):
        lines += ["", title]
        lines += aligned(grid) if grid else ["not measured: %s" % reason]
    return "\n".join(lines + [""] + notes.lines()) + "\n"


def markdown_line(words):
    return "| " + " | ".join(word.replace("|", "\\|") for word in words) + " |"


def markdown(result):
    notes = Notes()
    lines = facts(result) + [""]
    lines += ["- " + line for line in legend(result)]
    for title, grid, reason in sections(result, notes):
        lines += ["", "**%s**" % title, ""]
        if not grid:
            lines.append("Not measured: %s" % reason)
            continue
        lines += [markdown_line(grid[0]),
                  "|---" + "|--:" * (len(grid[0]) - 1) + "|"]
        lines += [markdown_line(line) for line in grid[1:]]
    # Two blanks end a line.
    return "\n".join(lines + [""] + [line + "  " for line in notes.lines()]) \
        + "\n"
