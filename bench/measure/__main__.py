# Measure, and write what came out: called by run.sh, which sets up what is
# needed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import os
import subprocess
import sys

import columns
import commands
import extras
import micro
import plots
import result
import rounds
import servers
import tables
from setting import Setting, Unusable

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
# Rounds, those of the slow columns, and seconds that all rounds may take.
QUICK = (5, 1, 190)
FULL = (15, 3, 2700)


def options():
    parser = argparse.ArgumentParser(
        prog="bench/run.sh",
        description="Measure what purecc costs, and what else there is.")
    parser.add_argument("--quick", action="store_true",
                        help="rough figures, in 3 to 5 minutes")
    parser.add_argument("--out", metavar="DIR",
                        help="where what is made goes (build/bench)")
    parser.add_argument("--zpoline", metavar="FILE", help="libzpoline.so")
    parser.add_argument("--syscall-intercept", metavar="FILE",
                        help="an object to preload that is linked with "
                        "libsyscall_intercept")
    parser.add_argument("--lazypoline", metavar="FILE",
                        help="liblazypoline.so, with libbootstrap.so "
                        "beside it")
    parser.add_argument("--rows", metavar="NAME,...",
                        help="these rows and tables only, or their group: "
                        "micro, start, macro, instructions, ...")
    parser.add_argument("--columns", metavar="NAME,...",
                        help="these columns only; stock always is one")
    parser.add_argument("--rounds", type=int, help="how many rounds")
    parser.add_argument("--check", action="store_true",
                        help="only check the options")
    given = parser.parse_args()
    for name in ("zpoline", "syscall_intercept", "lazypoline"):
        file = getattr(given, name)
        if file and not os.path.isfile(file):
            parser.error("--%s: there is no file %s"
                         % (name.replace("_", "-"), file))
    if given.rounds is not None and given.rounds < 1:
        parser.error("--rounds: at least 1")
    return parser, given


def setting_of(given):
    build = os.environ.get("PURECC_BUILD") or os.path.join(ROOT, "build")
    pure = os.environ.get("PURECC_GLIBC") or os.path.join(build, "pure-glibc")
    stock = os.environ.get("PURECC_STOCK") or os.path.join(build,
                                                           "stock-glibc")
    return Setting(ROOT, build, pure, stock,
                   given.out or os.path.join(build, "bench"), given.quick)


def set_up(setting):
    """Copy the C libraries, and build the programs."""
    setting.check_glibcs()
    setting.copy_glibcs()
    os.makedirs(setting.work, exist_ok=True)
    done = subprocess.run(
        ["make", "-s", "-C", os.path.join(ROOT, "bench"),
         "BUILD=" + setting.build, "OUT=" + setting.programs],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise Unusable("the programs can't be built:\n" + done.stderr)


def chosen_columns(parser, given):
    every = columns.COLUMNS + list(columns.given(
        given.zpoline, given.syscall_intercept, given.lazypoline))
    if given.columns is None:
        return every
    names = given.columns.split(",")
    unknown = set(names) - {column.name for column in every}
    if unknown:
        parser.error("--columns: there is no %s; there are %s" % (
            ", ".join(sorted(unknown)),
            ", ".join(column.name for column in every)))
    return [column for column in every
            if column.name in names or column.name == "stock"]


def chosen_jobs(parser, given, setting):
    """The jobs, and the names of the tables."""
    every = micro.jobs(setting) + commands.jobs(setting) \
        + servers.jobs(setting)
    if given.rows is None:
        return every, list(extras.TABLES)
    names = set(given.rows.split(","))
    known = set(extras.TABLES)
    jobs = []
    for job in every:
        own = {job.group} | {row.name for row in job.rows} \
            | {row.name.split("/")[0] for row in job.rows}
        known |= own
        if own & names:
            jobs.append(job)
    if names - known:
        parser.error("--rows: there is no %s; there are %s" % (
            ", ".join(sorted(names - known)), ", ".join(sorted(known))))
    return jobs, [name for name in extras.TABLES if name in names]


def write(setting, found):
    """Write the result, in each form; the text is returned."""
    with open(os.path.join(setting.out, "results.json"), "w") as file:
        json.dump(found, file, indent=1, ensure_ascii=False)
        file.write("\n")
    for name, form in (("table.txt", tables.text),
                       ("table.md", tables.markdown)):
        with open(os.path.join(setting.out, name), "w") as file:
            file.write(form(found))
    try:
        plots.make(found, os.path.join(setting.out, "plots"))
    except Unusable as error:
        print("no plots: %s" % error, file=sys.stderr)
    return tables.text(found)


def main():
    parser, given = options()
    setting = setting_of(given)
    chosen = chosen_columns(parser, given)
    jobs, names = chosen_jobs(parser, given, setting)
    if given.check:
        return
    set_up(setting)
    progress = rounds.Progress()
    for column in chosen:
        progress.say("trying " + column.title)
        column.check(setting)
    if chosen[0].skipped:
        raise Unusable("nothing runs on the stock glibc: "
                       + chosen[0].skipped)
    count, slow, seconds = QUICK if given.quick else FULL
    run = rounds.Rounds(chosen, jobs, given.rounds or count, slow, seconds,
                        extras.seconds(setting, names), progress)
    run.run()
    found = extras.measure(setting, chosen, names, progress)
    progress.clear()
    print(write(setting, result.make(setting, chosen, run, found)))
    print("This is in %s, as JSON, text, Markdown and plots." % setting.out)


if __name__ == "__main__":
    try:
        main()
    except Unusable as error:
        sys.exit("bench: %s" % error)
    except KeyboardInterrupt:
        sys.exit(130)
