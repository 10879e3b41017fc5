#!/usr/bin/env python3
# Judge a trace of a program on the pure glibc under an isolated handler.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-trace.py [--early] --libc FILE --loader FILE --starter FILE TRACE
#
# TRACE is what `strace -f -i -y -o TRACE pure-run --handler pass --
# PROGRAM' wrote.  Each system call that the kernel saw must come from a place
# that pure-audit's records call the gateway, or from what must stay native, or
# from before the handler was in place: from the system's ld.so until the pure one
# is mapped, and from pure-start.so; or from the vDSO, which answers getrandom when it
# is passed on and asks the kernel for a key now and then.  A program that never maps
# the pure ld.so isn't followed. Where a file is mapped is read off the trace itself.
# Exit status: 0 nothing escaped, 1 something did, 2 the trace can't be judged.

import argparse
import functools
import os
import re
import struct
import subprocess
import sys

LINE = re.compile(r"^(\d+)\s+\[([0-9a-f?]+)\] (.*)$")
CALL = re.compile(r"^(\w+)\((.*)$")
MMAP = re.compile(r"^mmap\((\S+), (\d+), ([A-Z_|]+), ([A-Z_|]+), "
                  r"\d+<([^>]*)>, (\S+)\)\s+= (0x[0-9a-f]+)")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>")
CHILD = re.compile(r"^(?:<\.\.\. )?(clone3?|v?fork)\b.*= (\d+)$")

# More than what lies between two instructions of the vDSO's getrandom.
VDSO_SIZE = 0x1000


@functools.lru_cache(maxsize=None)
def gateway_kind():
    """The kind that is recorded of the gateway's instructions."""
    header = os.path.join(os.path.dirname(__file__), "../../abi/record.h")
    text = subprocess.run([os.environ.get("CC", "cc"), "-E", "-dM", header],
                          check=True, capture_output=True, text=True).stdout
    return int(re.search(r"PURE_KIND_GATEWAY (\d+)", text).group(1))


def records(path):
    """The addresses after the instructions of the gateway in PATH."""
    text = subprocess.run(["readelf", "-x", "purecc_sites", path], check=True,
                          capture_output=True, text=True).stdout
    data = b""
    for line in text.splitlines():
        m = re.match(r"^  0x[0-9a-f]+ ((?:[0-9a-f]+ ){1,4})", line)
        if m:
            data += bytes.fromhex(m.group(1).replace(" ", ""))
    gateway = gateway_kind()
    sites = struct.iter_unpack("<QII", data)
    return {address + 2 for address, kind, _ in sites if kind == gateway}


def trampoline(path):
    """The address after the instruction of __restore_rt in PATH."""
    text = subprocess.run(["readelf", "-sW", path], check=True,
                          capture_output=True, text=True).stdout
    return {int(line.split()[1], 16) + 9 for line in text.splitlines()
            if line.endswith(" __restore_rt")}


class Process:
    """What is known of one process: where its files are mapped, whether the
    handler is in place, and whether its C library is another one."""

    def __init__(self, parent=None, shared=False):
        self.maps = parent.maps if shared else parent.maps[:] if parent else []
        self.installed = parent.installed if parent else False
        self.foreign = parent.foreign if parent else True
        # Where the vDSO's getrandom has made a call.
        self.vdso = parent.vdso if parent else None

    def in_vdso(self, address, name):
        """Can it be that one's?  It is in no file, and always in one place."""
        if name != "getrandom" or not self.installed:
            return False
        if self.vdso is None:
            self.vdso = address
        return abs(address - self.vdso) < VDSO_SIZE

    def place(self, address):
        """The file that ADDRESS is in, and the offset that it has there, as
        the file's own addresses count."""
        for start, end, path, base in self.maps:
            if start <= address < end:
                return path, address - base
        return None, address


class Judge:
    def __init__(self, libc, loader, starter):
        self.libc, self.loader, self.starter = libc, loader, starter
        self.gateway = {path: records(path) for path in (libc, loader)}
        self.native = {path: trampoline(path) for path in (libc, loader)}
        self.processes = {}
        # Lines of a child whose parent's line has not come yet.
        self.waiting = {}
        self.unfinished = {}
        self.early = []
        self.escaped = []
        self.seen = 0

    def note_mapping(self, process, text):
        """Follow mmap: the first mapping of a file fixes its base."""
        m = MMAP.match(text)
        if not m:
            return
        address, length, path = int(m.group(7), 16), int(m.group(2)), m.group(5)
        if path == self.loader:
            # pure-start.so maps it, a segment at a time.
            base = next((base for _, _, known, base in process.maps
                         if known == path), address)
            process.maps.insert(0, (address, address + length, path, base))
            process.foreign = False
            return
        if "MAP_FIXED" in m.group(4):
            for start, end, known, base in process.maps:
                if known == path and start <= address < end:
                    return
        process.maps.insert(0, (address, address + length, path, address))

    def judge(self, pid, process, address, name):
        self.seen += 1
        path, offset = process.place(address)
        if path == self.libc and offset in self.gateway[path]:
            process.installed = True
        elif path in self.native and offset in self.native[path]:
            pass
        elif (path == self.loader and not process.installed
              and offset in self.gateway[path]):
            self.early.append(name)
        elif not process.installed and path == self.starter:
            self.early.append(name)
        elif not process.installed and path == self.libc:
            # The handler's own C library, while the loader sets it up.
            self.early.append(name)
        elif path is None and process.in_vdso(address, name):
            pass
        else:
            self.escaped.append((pid, name, path, offset))

    def line(self, pid, address, text):
        if not self.processes:
            self.processes[pid] = Process()
        if pid not in self.processes:
            self.waiting.setdefault(pid, []).append((address, text))
            return
        process = self.processes[pid]
        resumed = RESUMED.match(text)
        whole = text
        if resumed:
            head = self.unfinished.pop(pid, "")
            whole = head + text[resumed.end():]
        elif text.endswith("<unfinished ...>"):
            self.unfinished[pid] = text[:-len("<unfinished ...>")].rstrip()
        call = CALL.match(text)
        if call and not resumed and not process.foreign:
            self.judge(pid, process, int(address, 16), call.group(1))
        child = CHILD.match(text)
        if child:
            self.begin(child.group(2), process,
                       "CLONE_VM" in whole or whole.startswith("vfork"))
        if whole.startswith("mmap("):
            self.note_mapping(process, whole)
        if whole.startswith("execve") and whole.endswith("= 0"):
            self.processes[pid] = Process()

    def begin(self, pid, parent, shared):
        """PID is a child of PARENT, or a thread of it."""
        self.processes[pid] = Process(parent, shared)
        for address, text in self.waiting.pop(pid, []):
            self.line(pid, address, text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--early", action="store_true",
                        help="list the calls from before the installation")
    parser.add_argument("--libc", required=True)
    parser.add_argument("--loader", required=True)
    parser.add_argument("--starter", required=True)
    parser.add_argument("trace")
    args = parser.parse_args()

    judge = Judge(os.path.realpath(args.libc), os.path.realpath(args.loader),
                  os.path.realpath(args.starter))
    with open(args.trace, errors="replace") as trace:
        for raw in trace:
            m = LINE.match(raw.rstrip("\n"))
            if not m or m.group(2).startswith("?"):
                continue
            judge.line(*m.groups())
    if judge.seen == 0 or not any(p.installed for p in judge.processes.values()):
        print("no call of a program under a handler in this trace")
        return 2
    if judge.waiting:
        print("processes whose parent isn't in the trace:", *judge.waiting)
        return 2
    if args.early:
        print("\n".join(judge.early))
    for pid, name, path, offset in judge.escaped:
        print("escaped: process %s: %s at %s+%#x" % (pid, name, path, offset))
    print("%d calls, %d from before the installation, %d escaped"
          % (judge.seen, len(judge.early), len(judge.escaped)))
    return 1 if judge.escaped else 0


if __name__ == "__main__":
    sys.exit(main())
