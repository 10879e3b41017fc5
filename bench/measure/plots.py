# The plots, by gnuplot: each as SVG and as PNG.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import subprocess

import ratios
from setting import Unusable, last_line, need

SCRIPT = os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "plot.gp")
PURE = ("off", "pass", "pass-same", "variadic", "variadic-same")

# A file's name, title, rows by group and kind, columns (None: all), and if the
# axis is logarithmic.
PLOTS = [
    ("calls", "Single calls in libc.so: time, in ratios to stock", "micro",
     "libc/", None, True),
    ("calls-pure", "Single calls in libc.so: pure glibc", "micro", "libc/",
     PURE, False),
    ("thunk", "Single calls, thunked sites", "micro", "thunk/", PURE, False),
    ("programs", "Programs: time, in ratios to stock", "macro", "", None,
     True),
    ("programs-pure", "Programs: pure glibc", "macro", "", PURE, False),
    ("start", "Start-up: time, in ratios to stock", "start", "", None, True),
]


def data(result, group, kind, names):
    """For gnuplot: a line a row, with each column's median and the interval
    that it is in."""
    titles = {column["name"]: column["title"] for column in result["columns"]}
    columns = [column["name"] for column in result["columns"]
               if not column["skipped"] and column["name"] not in
               (ratios.STOCK, ratios.AGAIN)
               and (names is None or column["name"] in names)]
    rows = [row for row in result["rows"] if row["group"] == group
            and row["name"].startswith(kind)]
    columns = [name for name in columns
               if any("ratio" in row["cells"][name] for row in rows)]
    if not rows or not columns:
        return None
    lines = [" ".join('"%s"' % words for words in
                      ["row"] + [titles[name] for name in columns
                                 for _ in range(3)])]
    for row in rows:
        words = ['"%s"' % row["title"].split(": ", 1)[-1]]
        for name in columns:
            ratio = row["cells"][name].get("ratio")
            words += ["%.5f" % ratio[key] if ratio else "NaN"
                      for key in ("median", "sure_low", "sure_high")]
        lines.append(" ".join(words))
    return "\n".join(lines) + "\n"


def draw(path, title, logarithmic, columns, kind):
    values = ("data='{0}.dat'; out='{0}.{1}'; heading='{2}'; kind='{1}'; "
              "logarithmic={3:d}; columns={4}").format(path, kind, title,
                                                       logarithmic, columns)
    done = subprocess.run(["gnuplot", "-e", values, SCRIPT],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise Unusable("gnuplot: " + last_line(done.stderr))


def make(result, directory):
    """Draw all plots for which there are figures; the names of the files."""
    need("gnuplot")
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    made = []
    for name, title, group, kind, names, logarithmic in PLOTS:
        text = data(result, group, kind, names)
        if not text:
            continue
        path = os.path.join(directory, name)
        with open(path + ".dat", "w") as file:
            file.write(text)
        columns = text.splitlines()[0].count('"') // 6
        for form in ("svg", "png"):
            draw(path, title, logarithmic, columns, form)
            made.append("%s.%s" % (path, form))
    return made
