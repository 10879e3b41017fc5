# Where everything is, and what the machine has.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import subprocess

MULTIARCH = "lib/x86_64-linux-gnu"


class Unusable(Exception):
    """It can't be measured here; the text says why."""


def output_of(command, **options):
    """What COMMAND prints; Unusable, with its last line, if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True,
                              errors="replace", stdin=subprocess.DEVNULL,
                              **options)
    except FileNotFoundError as error:
        raise Unusable("%s isn't there" % error.filename)
    except subprocess.TimeoutExpired as error:
        raise Unusable("it took more than %d s" % error.timeout)
    if done.returncode != 0:
        raise failure(done.returncode, done.stderr)
    return done.stdout


def failure(status, errors):
    """That a command has ended with STATUS, and has said ERRORS."""
    return Unusable(last_line(errors) or "exit status %d" % status)


def last_line(text):
    """The last line of TEXT that has something on it."""
    return ([""] + [line.strip() for line in text.splitlines()
                    if line.strip()])[-1]


def need(*tools):
    """Unusable if one of TOOLS is missing."""
    for tool in tools:
        if not shutil.which(tool):
            raise Unusable("%s isn't installed" % tool)


class Setting:
    """ROOT is the checkout, BUILD has plugin and runtime, PURE and STOCK are
    the installed trees of the two glibcs, OUT gets what is made.  QUICK says
    that the figures may be rough."""

    def __init__(self, root, build, pure, stock, out, quick):
        self.root = os.path.abspath(root)
        self.build = os.path.abspath(build)
        self.glibc = {"pure": os.path.abspath(pure),
                      "stock": os.path.abspath(stock)}
        self.out = os.path.abspath(out)
        self.programs = os.path.join(self.out, "programs")
        self.work = os.path.join(self.out, "work")
        self.quick = quick
        # Programs run on the last processor, as the first has most of the
        # interrupts; those that send requests to them on another.
        allowed = sorted(os.sched_getaffinity(0))
        self.cpu = allowed[-1]
        self.client_cpu = allowed[0]
        self.cpus = len(allowed)

    def sized(self, quick, full):
        """One of two sizes of a piece of work."""
        return quick if self.quick else full

    def program(self, name):
        return os.path.join(self.programs, name)

    def file(self, *names):
        return os.path.join(self.work, *names)

    def check_glibcs(self):
        for glibc, tree in self.glibc.items():
            if not os.path.exists(os.path.join(tree, MULTIARCH, "libc.so.6")):
                raise Unusable("there is no %s glibc in %s" % (glibc, tree))

    def copy(self, glibc):
        """The tree of what is run of GLIBC."""
        return os.path.join(self.out, "glibc", glibc)

    def copy_glibcs(self):
        """How fast a file is mapped depends on how it got into the page cache:
        both come there in the same way, at the same time."""
        for glibc, tree in self.glibc.items():
            shutil.rmtree(self.copy(glibc), ignore_errors=True)
            for directory in ("lib64", MULTIARCH):
                shutil.copytree(os.path.join(tree, directory),
                                os.path.join(self.copy(glibc), directory),
                                symlinks=True)

    def library(self, glibc, name="libc.so.6"):
        return os.path.join(self.copy(glibc), MULTIARCH, name)

    def loader(self, glibc):
        """How a program is started on GLIBC, by its loader."""
        directories = [os.path.join(self.copy(glibc), MULTIARCH),
                       os.path.join(self.glibc[glibc], "usr", MULTIARCH)]
        return [os.path.join(self.copy(glibc), "lib64/ld-linux-x86-64.so.2"),
                "--library-path", ":".join(directories)]

    def pinned(self, command, cpu=None):
        return ["taskset", "-c", str(self.cpu if cpu is None else cpu)] \
            + command


def machine():
    """What the figures were measured on."""
    facts = {"kernel": os.uname().release, "cpus": os.cpu_count()}
    for path, key, name in (("/proc/cpuinfo", "model name", "cpu"),
                            ("/proc/cpuinfo", "vendor_id", "vendor"),
                            ("/proc/cpuinfo", "cpu family", "family"),
                            ("/proc/cpuinfo", "model\t", "model"),
                            ("/proc/meminfo", "MemTotal", "memory"),
                            ("/etc/os-release", "PRETTY_NAME", "system")):
        with open(path) as file:
            for line in file:
                if line.startswith(key):
                    facts[name] = line[len(key):].strip('\t\n :="')
                    break
    facts["memory"] = "%.0f GiB" % (int(facts["memory"].split()[0]) / 2**20)
    try:
        # What the kernel does about return stacks (docs/guard.md).
        with open("/sys/devices/system/cpu/vulnerabilities/"
                  "spec_rstack_overflow") as file:
            facts["return_stack"] = file.read().strip()
    except OSError:
        facts["return_stack"] = None
    facts["hypervisor"] = "hypervisor" in open("/proc/cpuinfo").read()
    try:
        governor = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"
        facts["governor"] = open(governor).read().strip()
    except OSError:
        facts["governor"] = None
    return facts
