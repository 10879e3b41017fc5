# The columns: the ways to run a program that are compared.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A new one is an entry in COLUMNS and, if it needs a set-up of its own, a file
# in bench/columns and its name in bench/Makefile.  Each makes the same pass
# through: it gets every call, and makes it.

import os
import re
import shutil
from dataclasses import dataclass, field

from setting import Unusable, output_of

# MICRO_PROBED of programs/micro.h.
PROBED = "4711"
C_LIBRARY_ONLY = "has only the calls of the C library"


@dataclass
class Column:
    """In LOADER (ld.so's options), BEFORE (what comes in front of the command)
    and ENVIRONMENT {programs} and {build} stand for these directories, and
    {probe} is set when it is tried if calls are diverted."""
    name: str
    title: str
    glibc: str = "stock"
    loader: list = field(default_factory=list)
    before: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)
    # Are programs with system calls of their own diverted?
    own_sites: bool = True
    # Is it so slow that it takes part in a few rounds only?
    slow: bool = False
    # Does it take part in each turn?  So do those that are to differ little
    # from stock, if at all, and are asked about by how much.
    closely: bool = False
    # Is the program started by what is before it, and not by ld.so?
    starts: bool = False
    # Is the first process that of the program?
    direct: bool = True
    # The only groups of rows that it has, if not all.
    groups: tuple = ()
    # Why it can't be measured here, if it can't.
    skipped: str = None

    @property
    def guarded(self):
        """Does it run what the plugin has compiled?"""
        return self.glibc == "pure"

    def command(self, setting, program, arguments=(), probe=False):
        """The command that runs PROGRAM, a path, with ARGUMENTS."""
        def fill(text):
            return text.format(programs=setting.programs, build=setting.build,
                               probe="-probe" if probe else "")
        environment = ["%s=%s" % (name, fill(value))
                       for name, value in self.environment.items()]
        front = ((["env"] + environment if environment else [])
                 + [fill(word) for word in self.before])
        if self.starts:
            return front + [program, *arguments]
        return (front
                + setting.loader(self.glibc)
                + ["--argv0", os.path.basename(program)]
                + [fill(word) for word in self.loader]
                + [program, *arguments])

    def check(self, setting):
        """Set skipped if it doesn't work here, or diverts nothing."""
        try:
            self.check_parts(setting)
            micro = setting.program("micro")
            output_of(self.command(setting, micro, ["-t", "1", "getppid"]),
                      timeout=60)
            if not self.probes():
                return
            answer = output_of(self.command(setting, micro, ["-p"], True),
                               timeout=60)
            if answer.strip() != PROBED:
                raise Unusable("calls are not diverted here")
        except Unusable as error:
            self.skipped = plain_words(str(error))

    def probes(self):
        return any("{probe}" in word for word in self.loader + self.before)

    def check_parts(self, setting):
        for word in self.before[:1]:
            if "/" not in word and not shutil.which(word):
                raise Unusable("%s isn't installed" % word)
        for word in ":".join(self.loader).split(":"):
            path = word.format(programs=setting.programs, build=setting.build,
                               probe="")
            if path.startswith("/") and not os.path.exists(path):
                raise Unusable("%s isn't there" % os.path.basename(path))


def plain_words(text):
    """TEXT without the directories of this machine."""
    return re.sub(r"(/[^\s/:']+)+/", "", text)


AUDIT = "--audit"
PRELOAD = "--preload"
PASS = "{build}/handlers/pass.so"
VARIADIC = "{programs}/pass-variadic{probe}.so"

COLUMNS = [
    Column("stock", "stock", closely=True),
    Column("off", "pure, no handler", "pure", closely=True),
    Column("again", "stock again", closely=True),
    Column("pass", "pass, isolated", "pure", [AUDIT, PASS], closely=True),
    Column("pass-same", "pass, same namespace", "pure", [PRELOAD, PASS]),
    Column("variadic", "variadic pass, isolated", "pure", [AUDIT, VARIADIC]),
    Column("variadic-same", "variadic pass, same namespace", "pure",
           [PRELOAD, VARIADIC]),
    Column("answer", "answered by the handler", "pure",
           [AUDIT, "{programs}/answer{probe}.so"], groups=("micro",)),
    Column("answer-stackless", "answered, by one that needs no stack", "pure",
           [AUDIT, "{programs}/answer-stackless{probe}.so"],
           groups=("micro",)),
    Column("answer-same", "answered, same namespace", "pure",
           [PRELOAD, "{programs}/answer{probe}.so"], groups=("micro",)),
    Column("preload", "LD_PRELOAD interposition",
           loader=[PRELOAD, "{programs}/interpose{probe}.so"],
           own_sites=False),
    Column("purelibc", "purelibc",
           loader=[PRELOAD, "libpurelibc.so.1:{programs}/purelibc{probe}.so"],
           own_sites=False),
    Column("dispatch", "Syscall User Dispatch",
           loader=[PRELOAD, "{programs}/dispatch{probe}.so"]),
    Column("trap", "seccomp trap",
           loader=[PRELOAD, "{programs}/trap{probe}.so"]),
    Column("notify", "seccomp user notification",
           before=["{programs}/notify{probe}"], slow=True, direct=False),
    Column("trace", "trace, a line a call", "pure",
           [AUDIT, "{build}/handlers/trace.so"],
           environment={"PURE_HANDLER_OPTIONS": "16:output=/dev/null,"}),
    Column("pure-trace", "pure-trace -o", "pure",
           before=["{build}/pure-trace", "-f", "-o", "/dev/null"],
           starts=True, direct=False),
    Column("strace", "strace", before=["strace", "-f", "-o", "/dev/null"],
           slow=True, direct=False),
    Column("strace-bpf", "strace --seccomp-bpf",
           before=["strace", "-f", "--seccomp-bpf", "-o", "/dev/null"],
           slow=True, direct=False),
]


def given(zpoline, syscall_intercept, lazypoline):
    """The columns for files of the user's, None where there is none."""
    if zpoline:
        yield Column("zpoline", "zpoline",
                     loader=[PRELOAD, os.path.abspath(zpoline)])
    if syscall_intercept:
        yield Column("syscall-intercept", "syscall_intercept",
                     loader=[PRELOAD, os.path.abspath(syscall_intercept)],
                     own_sites=False)
    if lazypoline:
        # It is loaded by a second file, from the same directory.
        directory = os.path.dirname(os.path.abspath(lazypoline))
        yield Column("lazypoline", "lazypoline",
                     loader=[PRELOAD, os.path.join(directory,
                                                   "libbootstrap.so")],
                     environment={"LIBLAZYPOLINE": os.path.join(
                         directory, "liblazypoline.so")})
