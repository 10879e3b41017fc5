# The rows of whole commands, timed by hyperfine.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# All columns run at the same time, on one processor, and the kernel gives it to
# one after the other, some milliseconds each: so all find the same machine,
# however its speed changes meanwhile.  What is compared is the processor time,
# of the command and of all that it starts; what is read is in the page cache,
# so that there is nothing else to wait for.
#
# What a program execs is not on the pure glibc, nor in all of the other
# columns: so that all of the work is measured, the program that does it is
# named (cc1 for gcc, pack-objects for git gc).

import json
import os
import shlex
import shutil
import subprocess

from rows import Job, Row
from setting import Unusable, failure, need, output_of


class Command(Job):
    """PROGRAM, run RUNS times a turn; the figure is the mean in ms.  CLEAN is a
    command that is run before each time.  In words of both COLUMN stands for
    the column's name."""

    def __init__(self, setting, name, title, program, arguments=(), runs=1,
                 group="macro", clean=()):
        super().__init__([Row(name, title, group, "ms")])
        self.setting = setting
        self.program = program
        self.arguments = list(arguments)
        self.runs = runs
        self.turns = setting.sized(1, 4)
        self.clean = list(clean)
        self.guess = setting.sized(0.25, 0.6)

    def prepare(self):
        need("hyperfine", self.program)
        self.program = shutil.which(self.program)

    def result(self, column):
        return self.setting.file("hyperfine-%s.json" % column.name)

    def command(self, column):
        def fill(words):
            return [word.replace("COLUMN", column.name) for word in words]
        options = ["--shell=none", "--runs", str(self.runs), "--style=none",
                   "--output=null", "--export-json", self.result(column)]
        if self.clean:
            options += ["--prepare", shlex.join(fill(self.clean))]
        return self.setting.pinned(
            ["hyperfine", *options, shlex.join(column.command(
                self.setting, self.program, fill(self.arguments)))])

    def run(self, columns):
        running = [(column, self.start(column)) for column in columns]
        return [self.end(column, process) for column, process in running]

    def start(self, column):
        return subprocess.Popen(
            self.command(column), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True)

    def end(self, column, process):
        """What came out, or an Unusable."""
        _, errors = process.communicate()
        if process.returncode != 0:
            return failure(process.returncode,
                           errors.decode(errors="replace"))
        with open(self.result(column)) as file:
            means = json.load(file)["results"][0]
        return {self.rows[0].name: [(means["user"] + means["system"]) * 1e3]}


class Tree(Command):
    """A command on the source tree, of which one copy serves all."""

    def prepare(self):
        super().prepare()
        make_tree(self.setting)


SQL = "test.sql"


class Sqlite(Command):
    """Small transactions, then reads by key and over all."""

    def prepare(self):
        super().prepare()
        count = self.setting.sized(150, 600)
        with open(self.setting.file(SQL), "w") as file:
            file.write("pragma synchronous = off;\n"
                       "create table t (id integer primary key, name text);\n")
            for i in range(count):
                file.write("insert into t values (%d, 'name %d');\n"
                           % (i, i * 7919 % count))
            file.write("create index by_name on t (name);\n")
            for i in range(count):
                file.write("select id from t where name = 'name %d';\n" % i)
                if i % 10 == 0:
                    file.write("update t set name = 'new' where id = %d;\n"
                               "select count(*) from t where name > 'o';\n"
                               % i)


class Compile(Command):
    """cc1, the compiler proper, on one of this project's own files."""

    def prepare(self):
        need("gcc")
        self.program = output_of(["gcc", "-print-prog-name=cc1"]).strip()
        super().prepare()


def find_source(setting):
    """glibc's source, which both builds were made from."""
    for tree in (setting.glibc["pure"], setting.glibc["stock"]):
        source = tree + ".work/source"
        if os.path.isdir(source):
            return source
        try:
            with open(os.path.join(tree, ".build-glibc")) as file:
                for line in file:
                    if line.startswith("source directory "):
                        source = line.split()[2]
        except OSError:
            continue
        if os.path.isdir(source):
            return source
    raise Unusable("glibc's source isn't there any more")


def make_tree(setting):
    """A git repository of glibc's source, or of a part of it, that has not
    been packed: every object is a file."""
    tree = tree_of(setting)
    if os.path.exists(os.path.join(tree, ".git/made")):
        return
    need("git")
    shutil.rmtree(tree, ignore_errors=True)
    source = os.path.join(find_source(setting),
                          setting.sized("sysdeps/unix", "sysdeps"))
    shutil.copytree(source, tree, symlinks=True)
    git = ["git", "-C", tree, "-c", "gc.auto=0", "-c", "user.name=bench",
           "-c", "user.email=bench@localhost"]
    for words in (["init", "-q"], ["add", "-A"],
                  ["commit", "-q", "-m", "the tree"]):
        subprocess.run(git + words, check=True, stdout=subprocess.DEVNULL)
    open(os.path.join(tree, ".git/made"), "w").close()


def tree_of(setting):
    return setting.file(setting.sized("tree-quick", "tree"))


def jobs(setting):
    tree = tree_of(setting)
    git = ["-C", tree, "-c", "core.preloadIndex=false"]
    database = setting.file("COLUMN.db")
    python = "/usr/bin/python3"
    return [
        Command(setting, "true", "/bin/true", "/bin/true", (), 25, "start"),
        Command(setting, "bash", "bash -c in a loop", "bash", ["-c", ":"], 20,
                "start"),
        Command(setting, "python3", "python3 start-up", python,
                ["-I", "-c", "pass"], setting.sized(4, 8), "start"),
        Sqlite(setting, "sqlite", "sqlite, writes and reads", "sqlite3",
               ["-batch", database, ".read '%s'" % setting.file(SQL)],
               runs=setting.sized(1, 3), clean=["rm", "-f", database]),
        Tree(setting, "tar", "tar of a source tree", "tar",
             ["-C", tree, "-cf", setting.file("COLUMN.tar"), "."]),
        Tree(setting, "git-status", "git status", "git",
             git + ["--no-optional-locks", "status", "--porcelain"],
             runs=setting.sized(1, 5)),
        Tree(setting, "git-gc", "git gc (its pack-objects)", "git",
             # With little of what is computing alone.
             git + ["-c", "pack.compression=1", "pack-objects", "--all", "-q",
                    "--threads=1", "--window=1", "--stdout"]),
        Command(setting, "find", "find over /usr", "find",
                [setting.sized("/usr/share", "/usr"), "-size", "+4G"]),
        Compile(setting, "gcc", "gcc compiling a file (its cc1)", "gcc",
                ["-quiet", "-O2", "-imultiarch", "x86_64-linux-gnu",
                 "-I", setting.root,
                 "-I", os.path.join(setting.root, "include"),
                 os.path.join(setting.root, "tools/pure-run/elf.c"),
                 "-o", "/dev/null"], runs=setting.sized(1, 3)),
        Command(setting, "pingpong", "futex ping-pong, 2 threads",
                setting.program("pingpong"),
                [str(setting.sized(3000, 15000))], runs=setting.sized(1, 2)),
    ]
