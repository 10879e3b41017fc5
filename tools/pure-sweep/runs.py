# One run of the command: in its own directory, with a time limit.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import time

import faults
import stacks
from processes import end_session, members

# Without a fault the command has so long, in seconds.
LONGEST = 600
# A run whose output is so much larger than it is without a fault has no end.
MOST_OUTPUT = 16 << 20
# How often that is looked at, in seconds.
INTERVAL = 0.1
# So much of an output is kept.
KEPT = 1 << 16

# What inject says where libdw isn't installed.
NO_STACKS = b", by which stacks are read, isn't there"

CRASHES = {getattr(signal, name): name for name in
           ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE", "SIGSYS",
            "SIGTRAP")}
CHILD = re.compile(r"WTERMSIG\(s\) == (SIG\w+)|"
                   r"CLD_(?:KILLED|DUMPED).* si_status=(SIG\w+)")


class Outcome:
    """How a run has ended."""
    status = None           # as subprocess has it: less than 0: a signal
    hang = None             # why it was ended, or None
    stack = ()
    reached = False         # was the fault injected?
    children = ()           # the signals that have ended children
    seconds = 0.0
    output = messages = b""     # their beginnings
    output_size = 0
    output_digest = files_digest = ""


def digest_tree(directory):
    """Of names, kinds, modes and contents."""
    whole = hashlib.sha256()
    for path, directories, names in os.walk(directory):
        directories.sort()
        for name in sorted(names + directories):
            file = os.path.join(path, name)
            state = os.lstat(file)
            whole.update(b"%s %o\n" % (
                os.fsencode(os.path.relpath(file, directory)), state.st_mode))
            if stat.S_ISLNK(state.st_mode):
                whole.update(os.fsencode(os.readlink(file)))
            elif stat.S_ISREG(state.st_mode) and os.access(file, os.R_OK):
                with open(file, "rb") as content:
                    whole.update(hashlib.sha256(content.read()).digest())
    return whole.hexdigest()


def remove_memory(start):
    """That of the run that has started at START, which stays if it is killed."""
    for name in ("/dev/shm", "/tmp"):
        try:
            os.unlink("%s/purecc-inject-%d" % (name, start))
        except FileNotFoundError:
            pass


class Place:
    """A directory in which one run after the other takes place."""

    def __init__(self, directory, copied):
        self.directory = directory
        self.copied = copied
        self.tree = os.path.join(directory, "tree")
        self.temporary = os.path.join(directory, "tmp")

    def file(self, name):
        return os.path.join(self.directory, name)

    def prepare(self):
        # What a run leaves may not be writable.
        if os.path.exists(self.directory):
            subprocess.run(["chmod", "-R", "u+rwX", self.directory],
                           stderr=subprocess.DEVNULL, check=False)
            shutil.rmtree(self.directory)
        os.makedirs(self.temporary)
        if self.copied:
            subprocess.run(["cp", "-a", "--reflink=auto", self.copied,
                            self.tree], check=True)

    def same_everywhere(self, output):
        """OUTPUT without the names of this directory."""
        if self.copied:
            output = output.replace(os.fsencode(self.tree),
                                    os.fsencode(self.copied))
        return output.replace(os.fsencode(self.directory), b"PLACE")


class Runner:
    def __init__(self, settings):
        self.settings = settings

    def handler(self, rules, options=()):
        """The command line of pure-run."""
        line = [self.settings.pure_run, "--quiet"]
        if self.settings.glibc:
            line += ["--glibc", self.settings.glibc]
        line += ["--handler", "inject"]
        for rule in rules:
            line += ["-O", "inject=" + rule]
        return [*line, *options, "--", *self.settings.command]

    def list_calls(self, place):
        """Run the command without a fault: its outcome, and its calls, with their
        stacks if there are any."""
        rule = self.settings.calls + ":log="
        outcome = self.run(place, [rule + "stack"], LONGEST)
        if NO_STACKS in outcome.messages:
            outcome = self.run(place, [rule + "line"], LONGEST)
        return outcome, faults.read_calls(place.file("log"),
                                          self.settings.command)

    def inject(self, place, fault, limit, most_output):
        outcome = self.run(place, [fault.rule + ":log=line",
                                   "wait4,waitid:log=line"],
                           limit, most_output)
        children = []
        for _, _, _, text, _ in faults.read_log(place.file("log")):
            if text.endswith("(INJECTED)"):
                outcome.reached = True
            killed = CHILD.search(text)
            if killed:
                children.append(killed[1] or killed[2])
        outcome.children = children
        return outcome

    def environment(self, place):
        return {**os.environ, "TMPDIR": place.temporary}

    def start(self, line, place, output, messages):
        with open(self.settings.stdin, "rb") as standard_input:
            return subprocess.Popen(
                line, stdin=standard_input, stdout=output, stderr=messages,
                cwd=place.tree if place.copied else None,
                env=self.environment(place), start_new_session=True)

    def run(self, place, rules, limit, most_output=None):
        place.prepare()
        start = time.time_ns()
        line = self.handler(rules, ["-O", "start=%d" % start,
                                    "-o", place.file("log")])
        outcome = Outcome()
        begin = time.monotonic()
        with open(place.file("out"), "wb") as output, \
                open(place.file("err"), "wb") as messages:
            process = self.start(line, place, output, messages)
            try:
                outcome.hang = self.wait(process, place, limit, most_output)
                if outcome.hang and self.settings.gdb:
                    outcome.stack = stacks.of_processes(
                        self.settings.gdb, members(process.pid))
            finally:
                end_session(process)
        outcome.seconds = time.monotonic() - begin
        outcome.status = process.returncode
        remove_memory(start)
        self.read(outcome, place)
        return outcome

    def wait(self, process, place, limit, most_output):
        """Returns why the process is to be ended, or None: it has."""
        poll = select.poll()
        pidfd = os.pidfd_open(process.pid)
        end = time.monotonic() + limit
        try:
            poll.register(pidfd, select.POLLIN)
            while not poll.poll(INTERVAL * 1000):
                if time.monotonic() > end:
                    return "it takes longer than %.3g s" % limit
                if most_output and max(
                        os.path.getsize(place.file(name))
                        for name in ("out", "err")) > most_output:
                    return "it writes without end"
        finally:
            os.close(pidfd)
        return None

    def read(self, outcome, place):
        with open(place.file("out"), "rb") as file:
            output = place.same_everywhere(file.read(4 * MOST_OUTPUT))
        with open(place.file("err"), "rb") as file:
            messages = place.same_everywhere(file.read(MOST_OUTPUT))
        outcome.output = output[:KEPT]
        outcome.output_digest = hashlib.sha256(output).hexdigest()
        outcome.output_size = len(output)
        outcome.messages = messages[:KEPT]
        if place.copied and not outcome.hang:
            outcome.files_digest = digest_tree(place.tree)

    def crash_stack(self, place, fault, limit):
        """Let it happen again, in gdb."""
        place.prepare()
        start = time.time_ns()
        line = self.handler([fault.rule], ["-O", "start=%d" % start])
        with open(self.settings.stdin, "rb") as standard_input:
            stack = stacks.of_crash(
                self.settings.gdb, line, limit, stdin=standard_input,
                cwd=place.tree if place.copied else None,
                env=self.environment(place))
        remove_memory(start)
        return stack
