#!/usr/bin/env python3
# GCC's own tests as judge of the plugin: what it does to sources in which there
# is no system call, which has to be nothing, and to those with one in their asm.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: gcc-tests.py --cc CC --plugin PLUGIN --audit PURE-AUDIT --tests DIR
#                     [--seed SEED] [--minutes MINUTES] [--work DIR]
#                     [--case CASE | COUNT | all]
#
# DIR has the directories of gcc/testsuite.  Each file is compiled to assembly at
# each of the option sets, without the plugin and with it: exit status, messages
# and assembly are the same.  Then come its mutants: a system call is put into one
# of its asm templates, at the start, at the end or in place of it (alone), or with
# operands of its own in place of the whole statement.  A mutant is compiled and
# assembled if it is without the plugin, and `pure-audit --compiled' finds no raw
# site in the object that no warning has named.  The compiler itself fails in none
# of these.
#
# COUNT files, two thirds of them with asm, and at most four asm statements of
# each; or all of both, those with asm first, until MINUTES are over.  CASE is a
# file, or FILE:ASM:PLACE for a mutant; its commands and what came of them are
# printed, and DIR given as --work keeps its files.
#
# Exit status: 0 all is as it should be, 1 it isn't, 2 there was nothing to compare.

import argparse
import collections
import concurrent.futures
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SETS = [["-O0"], ["-O2", "-fchecking"], ["-O3", "-g"]]
MUTANT_SETS = SETS + [["-O2", "-g", "-fcompare-debug"]]
# What would differ by the command line, or by chance.
ALWAYS = ["-gno-record-gcc-switches", "-frandom-seed=0"]
MODES = ["inline", "inline", "inline", "call"]
PLACES = ["start", "end", "alone", "whole"]
# The operands of one that can be guarded.
WHOLE = ('"syscall" : "=a" (*(long *) 0x1000L) : "0" (39L), "D" (0L) : '
         '"rcx", "r11", "memory"')
STATEMENTS = 4
# How often GCC by itself is asked for what differs with the plugin.
REPEATS = 10

# Options of the tests that are kept: those of code and language, but for what
# writes other files, measures, repeats the command line, or leaves the code to the
# link.
KEPT = re.compile(r"-(O|m|f|W|w$|std=|D|U|g|ansi$|pedantic)")
DROPPED = re.compile(r"-(W[alp],|Wfatal|fdump|fopt-info|fplugin|fprofile-use|"
                     r"fauto-profile|fbranch-prob|frecord-gcc|fverbose-asm|"
                     r"ftime-report|fmem-report|fstats|flto|fcompare-debug|"
                     r"fdiagnostics-format|fself-test|frandom-seed|fsave-opt|"
                     r"fcallgraph-info|fstack-usage|fpreprocessed|"
                     r"fdirectives-only|grecord-gcc)")
DIRECTIVE = re.compile(r'\{\s*dg-(?:additional-)?options\s+"([^"]*)"\s*'
                       r'(\{[^}]*\})?')
OTHER_CODE = re.compile(r"-m(32|16|x32)$")

ASM = re.compile(r"\b(__asm__|__asm|asm)\b")
# What has no place for a statement in it, and what has to be read to know.
SKIPPED = re.compile(r'/\*.*?\*/|//[^\n]*|R"([^(\s]*)\(.*?\)\1"|'
                     r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
QUALIFIED = re.compile(r"((?:\s|\b(?:__)?(?:volatile|const|inline|goto)"
                       r"(?:__)?\b)*)\(")
ICE = re.compile(r"internal compiler error|Internal compiler error|"
                 r"Segmentation fault|terminated signal|Please submit a")
OUT_OF_MEMORY = re.compile(r"out of memory|virtual memory exhausted|"
                           r"[Mm]emory exhausted|[Cc]annot allocate memory")

# Seconds; without the plugin, and with it, where only what hangs takes so long.
PLAIN_LIMIT = 60
PLUGIN_LIMIT = 900
MEMORY_LIMIT = 3 << 30
FILE_LIMIT = 1 << 28


class LeftOut(Exception):
    """Without the plugin it takes too much time or memory, isn't the same each
    time, or proves nothing."""


class Fault(Exception):
    """What is wrong, one of KINDS, and the text that shows it."""

    KINDS = ["internal compiler error", "exit status", "hangs", "messages",
             "assembly", "object", "raw and not named", "pure-audit fails"]

    def __init__(self, kind, text=""):
        super().__init__(kind)
        self.kind, self.text = kind, text


Result = collections.namedtuple("Result", "status messages output")


def blanked(text):
    """TEXT with blanks for its comments, strings and character constants."""
    return SKIPPED.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def before(code, at):
    """The last word, or sign, of CODE before AT, and where it starts."""
    end = len(code[:at].rstrip())
    word = re.search(r"\w+$", code[:end])
    return (word.group(), word.start()) if word else (code[end - 1:end],
                                                      end - 1)


def in_statement(code, at):
    """Can an asm without qualifiers at AT be a statement, and no name of what
    is declared there?"""
    word, start = before(code, at)
    if word == ")":
        depth = 0
        while start >= 0:
            depth += (code[start] == ")") - (code[start] == "(")
            if depth == 0:
                break
            start -= 1
        return before(code, start)[0] in ("if", "while", "for", "switch")
    return word in ("", ";", "{", "}", ":", "else", "do", "__extension__")


def find_templates(text):
    """Of each asm statement in TEXT: where its template starts and ends, and
    where the closing parenthesis of the whole is."""
    code = blanked(text)
    found = []
    for match in ASM.finditer(code):
        after = QUALIFIED.match(code, match.end())
        if not after or not (after.group(1).strip() or
                             in_statement(code, match.start())):
            continue
        start = after.end()
        end = find_sign(code, start, ":)")
        close = find_sign(code, end, ")")
        if re.match(r'\s*"', text[start:end]) and "#" not in code[start:close]:
            found.append((start, end, close))
    return found


def find_sign(code, at, signs):
    """Where in CODE, from AT on, one of SIGNS is that is in no parentheses."""
    depth = 0
    while at < len(code) and not (depth == 0 and code[at] in signs):
        depth += (code[at] == "(") - (code[at] == ")")
        at += 1
    return at


def mutate(text, template, place):
    """TEXT with a system call at PLACE of TEMPLATE."""
    start, end, close = template
    if place == "whole":
        return text[:start] + WHOLE + text[close:]
    old = text[start:end]
    if place == "start":
        new = '"syscall\\n\\t" ' + old
    elif place == "end":
        # There may be a comment after the last string.
        cut = len(blanked_comments(old).rstrip())
        new = old[:cut] + ' "\\n\\tsyscall"' + old[cut:]
    else:
        new = '"syscall" '
    return text[:start] + new + text[end:]


def blanked_comments(text):
    return SKIPPED.sub(lambda m: re.sub(r"[^\n]", " ", m.group())
                       if m.group().startswith("/") else m.group(), text)


def test_options(text):
    """The options that the file with TEXT asks for, as far as they are plain."""
    options = []
    for words, selector in DIRECTIVE.findall(text):
        if selector and not re.search(r"target\s*(x86_64|i\?86|\*)", selector):
            continue
        options += [word for word in words.split()
                    if KEPT.match(word) and not DROPPED.match(word)]
    return options


def run(command, directory, limit):
    """Run COMMAND: its Result, or None after LIMIT seconds."""
    process = subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True)
    try:
        messages = process.communicate(timeout=limit)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    return Result(process.returncode, messages.decode("latin-1"), b"")


class Case:
    """A test file, or one of its mutants, in a directory of its own."""

    def __init__(self, judge, name, directory):
        self.judge, self.name, self.directory = judge, name, directory
        self.file, *self.mutant = name.split(":")
        path = os.path.join(judge.tests, self.file)
        with open(path, encoding="latin-1", newline="") as file:
            self.text = file.read()
        self.options = test_options(self.text)
        self.source = path
        self.directory_of_file = os.path.dirname(path)

    def compile(self, options, output, plugin=None):
        """Compile the source to OUTPUT: its Result."""
        command = [self.judge.cc]
        if plugin is not None:
            command += ["-fplugin=" + self.judge.plugin,
                        *("-fplugin-arg-purecc-" + key for key in plugin)]
        command += [*self.options, *ALWAYS, *options, self.source, "-o", output]
        path = os.path.join(self.directory, output)
        if os.path.exists(path):
            os.remove(path)
        result = run(command, self.directory,
                     PLAIN_LIMIT if plugin is None else PLUGIN_LIMIT)
        if self.judge.verbose:
            print("+", shlex.join(command))
            print(result.messages if result else "", end="")
            print("exit status", result.status if result else "none")
        if result is None:
            raise LeftOut() if plugin is None else Fault("hangs")
        if OUT_OF_MEMORY.search(result.messages):
            raise LeftOut()
        if os.path.exists(path):
            with open(path, "rb") as file:
                result = result._replace(output=file.read())
        return result

    def both(self, options, output, keys=()):
        """Without the plugin and with it GCC succeeds, or doesn't: the two Results,
        and the sites that the plugin has found, by kind."""
        plain = self.compile(options, output)
        report = os.path.join(self.directory, "report")
        if os.path.exists(report):
            os.remove(report)
        ours = self.compile(options, output, [*keys, "report=" + report])
        if ICE.search(ours.messages) and not ICE.search(plain.messages):
            raise Fault("internal compiler error", ours.messages)
        kinds = read_report(report)
        named = kinds and "error: purecc: a 'syscall' in" in ours.messages
        if plain.status != ours.status and not named:
            raise Fault("exit status", f"{plain.status}, with the plugin "
                        f"{ours.status}\n{ours.messages}")
        return plain, ours, kinds

    def compare(self, options):
        """Without the plugin and with it the same comes of the file.  Where the
        plugin takes something for a site that may be one, it may put what it
        likes into the assembly, and the object is the same."""
        step, output = "-S", "x.s"
        plain, ours, kinds = self.both([*options, step], output)
        if kinds:
            step, output = "-c", "x.o"
            plain, ours, kinds = self.both([*options, step], output)
        elif temporary(plain.messages) != temporary(ours.messages):
            raise Fault("messages", difference(plain.messages, ours.messages))
        if plain.output != ours.output:
            if not self.steady([*options, step], output, plain):
                raise LeftOut()
            raise Fault("object" if kinds else "assembly",
                        difference(plain.output.decode("latin-1"),
                                   ours.output.decode("latin-1")))
        return collections.Counter(taken=1) if kinds else None

    def steady(self, options, output, plain):
        """Does GCC by itself make the same each time, that which it made in PLAIN?
        Where a table is in the order of addresses (CTF of GCC 12) it doesn't."""
        return all(self.compile(options, output).output == plain.output
                   for _ in range(REPEATS))

    def try_mutant(self):
        """Judge it; returns the kinds of the sites that the plugin has found."""
        number, place = self.mutant
        choice = random.Random(f"{self.judge.seed} {self.name}")
        options = choice.choice(MUTANT_SETS)
        mode = choice.choice(MODES)
        template = find_templates(self.text)[int(number)]
        self.source = os.path.join(
            self.directory, "mutant" + os.path.splitext(self.file)[1])
        with open(self.source, "w", encoding="latin-1", newline="") as file:
            file.write(mutate(self.text, template, place))
        options = [*options, "-Wno-error", "-iquote", self.directory_of_file,
                   "-c"]
        try:
            _, ours, kinds = self.both(options, "x.o",
                                       ["verify", "mode=" + mode])
        except Fault as fault:
            if fault.kind == "exit status" and self.nonsense(options):
                raise LeftOut() from fault
            raise
        if ours.status == 0:
            kinds["assembled"] = 1
            kinds["unproved"] = self.audit()
        return kinds

    def nonsense(self, options):
        """Is there something in a template that can't be assembled?  Without the
        plugin GCC may have removed it, since it isn't volatile; the plugin's
        `asm inline' can change what is known where it stands."""
        plain = self.compile([*options, "-O0"], "x.o")
        return plain.status and "Assembler messages" in plain.messages

    def audit(self):
        """Is the object all right?  Returns whether there is a warning."""
        if any(OTHER_CODE.match(option) for option in self.options):
            return 0
        command = [self.judge.audit, "--compiled", self.source, "--", "x.o"]
        result = run(command, self.directory, PLUGIN_LIMIT)
        if self.judge.verbose:
            print("+", shlex.join(command))
            print(result.messages if result else "", end="")
        if result is None:
            raise Fault("pure-audit fails", "it hangs")
        if result.status == 1:
            raise Fault("raw and not named", result.messages)
        if result.status != 0:
            raise Fault("pure-audit fails", f"exit status {result.status}\n"
                        f"{result.messages}")
        return int("not proved" in result.messages)


def read_report(path):
    """How many sites of each kind the report at PATH has."""
    if not os.path.exists(path):
        return collections.Counter()
    with open(path, encoding="latin-1") as file:
        return collections.Counter(json.loads(line)["kind"] for line in file)


def temporary(messages):
    """MESSAGES without the names of temporary files."""
    return re.sub(r"/\S*/cc\w{6}\b", "/tmp/cc", messages)


def difference(old, new):
    """The first line in which NEW is not OLD."""
    for a, b in zip(old.split("\n") + [""], new.split("\n") + [""]):
        if a != b:
            return f"- {a}\n+ {b}\n"
    return "one is longer\n"


class Judge:
    """The files that are tried, and what has come of them."""

    def __init__(self, args):
        self.cc, self.plugin, self.audit = args.cc, args.plugin, args.audit
        self.tests, self.seed = os.path.abspath(args.tests), args.seed
        self.verbose = args.case is not None
        self.all = args.what == "all"
        self.end = time.monotonic() + 60 * (args.minutes or 1e6)
        self.counts = collections.Counter()
        self.faults = []
        # What is no fault, and to be looked at.
        self.notes = []

    def files(self):
        """All files: those with asm, and the others, each in random order."""
        names = []
        cxx = os.path.isabs(subprocess.check_output(
            [self.cc, "-print-prog-name=cc1plus"], text=True).strip())
        for directory, _, entries in os.walk(self.tests):
            names += [os.path.relpath(os.path.join(directory, entry),
                                      self.tests)
                      for entry in entries
                      if re.search(r"\.(c|C|cc)$" if cxx else r"\.c$", entry)]
        names.sort()
        random.Random(self.seed).shuffle(names)
        with_asm, others = [], []
        for name in names:
            with open(os.path.join(self.tests, name),
                      encoding="latin-1") as file:
                (with_asm if ASM.search(file.read()) else others).append(name)
        return with_asm, others

    def chosen(self, what):
        with_asm, others = self.files()
        if what == "all":
            return with_asm + others
        some = min(len(with_asm), (2 * int(what) + 2) // 3)
        return with_asm[:some] + others[:int(what) - some]

    def mutants(self, name, text):
        """The mutants of the file NAME with TEXT."""
        numbers = list(range(len(find_templates(text))))
        if not self.all:
            random.Random(f"{self.seed} {name}").shuffle(numbers)
            numbers = numbers[:STATEMENTS]
        return [f"{name}:{number}:{place}" for number in numbers
                for place in PLACES]

    def attempt(self, name, what, function, *args):
        """Do FUNCTION of ARGS, which is about NAME; returns its result."""
        counts = collections.Counter({what: 1})
        try:
            result = function(*args)
        except LeftOut:
            return collections.Counter({what + " left out": 1}), None
        except Fault as fault:
            self.fault(name, fault, " ".join(map(str, args[:1])))
            counts[fault.kind] += 1
            return counts, None
        return counts, result

    def fault(self, name, fault, options):
        self.faults.append(name)
        print(f"{name} {options}: {fault.kind}\n"
              + "".join(f"    {line}\n"
                        for line in fault.text.split("\n")[:12] if line)
              + f"  sh tests/suites/gcc-tests.sh --seed {self.seed} "
              f"--case {shlex.quote(name)}", flush=True)

    def try_file(self, name, work):
        """All about the file NAME: what is counted."""
        counts = collections.Counter()
        case = Case(self, name, work)
        counts["files"] = 1
        counts["with asm"] = int(bool(ASM.search(case.text)))
        if "syscall" not in case.text:
            for options in SETS:
                done, taken = self.attempt(name, "comparisons", case.compare,
                                           options)
                if taken:
                    self.notes.append(f"{name}: may have a site")
                    counts += taken
                counts += done
        for mutant in self.mutants(name, case.text):
            if time.monotonic() > self.end:
                break
            counts += self.try_mutant(mutant, work)
        return counts

    def try_mutant(self, name, work):
        case = Case(self, name, work)
        counts, kinds = self.attempt(name, "mutants", case.try_mutant)
        if kinds and kinds["unproved"]:
            self.notes.append(f"{name}: has a site that is not proved")
        return counts + (kinds or collections.Counter())

    def in_directory(self, function, name):
        """FUNCTION of NAME and a directory that is removed again."""
        if time.monotonic() > self.end:
            return collections.Counter()
        with tempfile.TemporaryDirectory() as work:
            return function(name, work)

    def try_all(self, names):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(
                lambda name: self.in_directory(self.try_file, name), names)
            for done, counts in enumerate(results, 1):
                self.counts += counts
                if done % 200 == 0 and counts:
                    print(f"{done} of {len(names)} files", flush=True)

    def summary(self):
        """Print the figures; returns the exit status."""
        count = self.counts
        print(f"{count['files']} files ({count['with asm']} with asm), "
              f"{count['comparisons']} comparisons, "
              f"{count['comparisons left out']} left out, {count['taken']} "
              f"with what may be a site")
        print(f"{count['mutants']} mutants, {count['mutants left out']} left "
              f"out, {count['assembled']} assembled; sites: "
              f"{count['guarded']} guarded, {count['thunk']} by the thunk, "
              f"{count['native']} native and named; "
              f"{count['unproved']} mutants with a site that is not proved")
        for note in sorted(set(self.notes))[:40]:
            print(" ", note)
        kinds = ", ".join(f"{kind} {count[kind]}" for kind in Fault.KINDS)
        print(f"{len(self.faults)} faults with seed {self.seed}: {kinds}")
        if self.faults:
            return 1
        return 0 if count["comparisons"] and count["guarded"] else 2


def parse_arguments():
    parser = argparse.ArgumentParser()
    for option in "--cc", "--plugin", "--audit", "--tests":
        parser.add_argument(option, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--work")
    parser.add_argument("--case")
    parser.add_argument("what", nargs="?", default="250")
    args = parser.parse_args()
    if args.what != "all" and not re.fullmatch("[1-9][0-9]*", args.what):
        parser.error(f"{args.what} is neither a number nor all")
    return args


def try_case(judge, name, work):
    """Try one, and say what comes of it: the exit status."""
    work = os.path.abspath(work)
    os.makedirs(work, exist_ok=True)
    if ":" in name:
        judge.try_mutant(name, work)
    else:
        case = Case(judge, name, work)
        for options in SETS:
            judge.attempt(name, "comparisons", case.compare, options)
    print(f"{len(judge.faults)} faults")
    return int(bool(judge.faults))


def main():
    args = parse_arguments()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.update(LC_ALL="C", SOURCE_DATE_EPOCH="0")
    judge = Judge(args)
    if args.case:
        work = args.work or tempfile.mkdtemp()
        status = try_case(judge, args.case, work)
        if not args.work:
            shutil.rmtree(work)
        return status
    judge.try_all(judge.chosen(args.what))
    return judge.summary()


if __name__ == "__main__":
    sys.exit(main())
