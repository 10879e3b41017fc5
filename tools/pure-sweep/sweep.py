# pure-sweep: runs a command once for each fault that could be injected into it.
#
#   options.py    the command line
#   faults.py     the calls that the command makes, and the faults
#   runs.py       one run
#   stacks.py     gdb's stacks, and sanitizers'
#   processes.py  its processes
#   judge.py      what the outcome of a run is
#   journal.py    the directory by which a sweep is resumed
#   report.py     table, JSON, HTML
#   progress.py   the line on a terminal
#   pages.py      makes errors.table of the man pages, when purecc is developed
#
# SPDX-License-Identifier: GPL-3.0-or-later

import concurrent.futures
import os
import queue
import resource
import shlex
import shutil
import signal
import sys
import tempfile

import faults
import judge
import options
import report
from journal import Journal, NoJournal
from options import fail
from progress import Progress
from runs import LONGEST, Place, Runner

# What crashes is run in gdb so often at most.
MOST_STACKS = 200


class Sweep:
    def __init__(self, settings, runner, work):
        self.settings = settings
        self.runner = runner
        self.places = queue.Queue()
        for i in range(settings.jobs):
            self.places.put(Place(os.path.join(work, "%03d" % i),
                                  settings.dir))
        self.stacks = MOST_STACKS
        self.baseline = None

    def list_calls(self):
        """The calls, and how the command is without a fault; twice, to know what
        is the same each time."""
        place = self.places.get()
        outcomes = []
        for _ in range(2):
            outcome, calls = self.runner.list_calls(place)
            refuse_if_broken(outcome, calls, self.settings)
            outcomes.append(outcome)
        self.places.put(place)
        return calls, judge.Baseline.of(*outcomes)

    def limit(self):
        return (self.settings.timeout
                or max(5, 10 * self.baseline.seconds))

    def command(self, fault):
        """What repeats the fault."""
        line = self.runner.handler([fault.rule])
        line.remove("--quiet")
        if shutil.which("pure-run") == line[0]:
            line[0] = "pure-run"
        command = shlex.join(line)
        if self.settings.stdin != os.devnull:
            command += " <" + shlex.quote(self.settings.stdin)
        return command

    def run(self, number, fault):
        place = self.places.get()
        try:
            outcome = self.runner.inject(place, fault, self.limit(),
                                         self.baseline.most_output)
            found = judge.judge(outcome, self.baseline)
            if (found and found[0] == "crash" and self.settings.gdb
                    and self.stacks > 0):
                self.stacks -= 1
                outcome.stack = self.runner.crash_stack(place, fault,
                                                        self.limit())
        finally:
            self.places.put(place)
        return outcome, {
            "number": number,
            "key": fault.key,
            "program": fault.call.program,
            "call": fault.call.name,
            "text": fault.call.text,
            "error": fault.error,
            "command": self.command(fault),
            "kind": found[0] if found else None,
            "what": found[1] if found else None,
            "stack": list(outcome.stack or fault.call.stack),
            "status": outcome.status,
            "reached": outcome.reached,
            "same": outcome.status == self.baseline.status,
            "seconds": round(outcome.seconds, 3),
        }

    def run_all(self, todo, journal, results, progress):
        """Run what is TODO, and add to RESULTS."""
        pool = concurrent.futures.ThreadPoolExecutor(self.settings.jobs)
        futures = [pool.submit(self.run, number, fault)
                   for number, fault in todo]
        try:
            for future in concurrent.futures.as_completed(futures):
                outcome, result = future.result()
                results.append(result)
                journal.add(result, outcome)
                progress.step(bool(result["kind"]))
        finally:
            pool.shutdown(cancel_futures=True)
            progress.end()


def refuse_if_broken(outcome, calls, settings):
    """Without a fault it has to end, and by itself."""
    name = shlex.join(settings.command)
    said = outcome.messages.decode(errors="replace")
    if not calls:
        sys.stderr.write(said)
        fail("'%s' %s" % (name, "can't be run"
                          if outcome.status in (2, 126, 127) else
                          "makes no system call of --calls that is seen"))
    if outcome.hang or outcome.status < 0:
        sys.stderr.write(said)
        fail("without a fault, '%s' %s" % (name, (
            "takes longer than %d s" % LONGEST if outcome.hang else
            "ends by signal %d" % -outcome.status)))


def begin(sweep, settings):
    """The calls and the journal of a sweep, which may be one to be resumed."""
    if not settings.resume:
        calls, sweep.baseline = sweep.list_calls()
        if not settings.out:
            return calls, NoJournal(), []
        journal = Journal(settings.out)
        journal.begin({name: getattr(settings, name)
                       for name in options.KEPT}, calls, sweep.baseline)
        return calls, journal, []
    journal = Journal(settings.resume)
    _, calls, sweep.baseline = journal.read()
    return calls, journal, journal.results()


def take_up(settings):
    """Let SETTINGS be those that the sweep was begun with."""
    try:
        kept, _, _ = Journal(settings.resume).read()
        os.chdir(kept["directory"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail("--resume: '%s' has no sweep that can be resumed: %s"
             % (settings.resume, error))
    for name in options.KEPT:
        setattr(settings, name, kept[name])


def write(file, writer, *arguments):
    if file == "-":
        writer(*arguments, sys.stdout)
        return
    try:
        with open(file, "w", errors="backslashreplace") as to:
            writer(*arguments, to)
    except OSError as error:
        fail("%s: %s" % (file, error.strerror))


def write_reports(settings, results):
    results.sort(key=lambda result: result["number"])
    directory = settings.out or settings.resume
    if directory:
        write(os.path.join(directory, "report.json"), report.write_json,
              results, settings)
        write(os.path.join(directory, "report.html"),
              lambda *arguments: report.write_html(*arguments, directory=True),
              results, settings)
    if settings.json:
        write(settings.json, report.write_json, results, settings)
    if settings.html:
        write(settings.html, report.write_html, results, settings)
    if "-" not in (settings.json, settings.html):
        report.print_table(results, sys.stdout)


def warn_of_changes(baseline):
    if not baseline.output_stable:
        sys.stderr.write("pure-sweep: the output isn't the same each time, and "
                         "isn't compared\n")
    if not baseline.files_stable:
        sys.stderr.write("pure-sweep: the files in --dir aren't the same each "
                         "time, and aren't compared\n")


def sweep(settings, work):
    errors = faults.Errors(os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "errors.table"))
    try:
        wanted = faults.ErrorSet(settings.errors, errors.names())
    except ValueError as error:
        fail("--errors: %s" % error)
    one = Sweep(settings, Runner(settings), work)
    calls, journal, results = begin(one, settings)
    warn_of_changes(one.baseline)
    done = {result["key"] for result in results}
    todo = list(enumerate(faults.faults(calls, errors, wanted, settings.each),
                          1))[:settings.limit]
    total = len(todo)
    todo = [(number, fault) for number, fault in todo if fault.key not in done]
    journal.open(results)
    try:
        one.run_all(todo, journal, results, Progress(
            total, total - len(todo),
            sys.stderr.isatty() and not settings.quiet))
    except KeyboardInterrupt:
        where = settings.out or settings.resume
        sys.stderr.write("pure-sweep: interrupted after %d of %d runs%s\n" % (
            len(results), total,
            "; pure-sweep --resume %s goes on" % shlex.quote(where)
            if where else ""))
        write_reports(settings, results)
        return 130
    write_reports(settings, results)
    return 1 if any(result["kind"] for result in results) else 0


def main(directory, version):
    sys.stdout.reconfigure(errors="backslashreplace")
    settings = options.read(sys.argv[1:], directory, version)
    if settings.resume:
        take_up(settings)
    # What crashes on purpose leaves nothing.
    resource.setrlimit(resource.RLIMIT_CORE,
                       (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    work = tempfile.mkdtemp(prefix="pure-sweep-")
    try:
        return sweep(settings, work)
    except KeyboardInterrupt:
        sys.stderr.write("pure-sweep: interrupted\n")
        return 130
    finally:
        shutil.rmtree(work, ignore_errors=True)
