# Stacks: those of gdb, and those of sanitizers' reports.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import subprocess

from processes import end_session

# So many frames of a stack count.
FRAMES = 6

QUIET = ("set confirm off", "set pagination off", "set width 0",
         "set debuginfod enabled off", "set print frame-arguments none")
CRASHES = "SIGSEGV SIGBUS SIGABRT SIGILL SIGFPE SIGSYS"

GDB_FRAME = re.compile(r"#\d+ +(?:0x[0-9a-f]+ in )?(\S+)(?: \(.*?\)| handler called>)"
                       r"(?: at (\S+)| from (\S+))?")
# A name of C++'s has parentheses of its own, and may have a slash: "operator/".
LOG_FRAME = re.compile(r" > (.*(?<!operator)/[^/(]*)"
                       r"\((.*?)(?:\+0x[0-9a-f]+)?\) \[(0x[0-9a-f]+)\]")
SANITIZER_FRAME = re.compile(r" +#\d+ 0x[0-9a-f]+ (?:in (\S+)(?: (\S+))?|\((\S+)\))")
SANITIZER = re.compile(
    r"(?:ERROR|WARNING): [A-Z]\w*Sanitizer: [^\n]*?(?= on | \(|\n|$)"
    r"|runtime error: [^\n]*")
# How a program comes from its error to the signal, and to main.
WAYS = re.compile(r"__pure_|__pthread_kill|(?:__GI_)?(?:raise|abort)$|"
                  r"__libc_message|__assert_fail|__libc_start|_start$|\?\?$|<")
# The frame of a signal, and those by which a call comes to a handler.
SIGNAL = "<signal"
ENTRY = re.compile(r"__pure_(site|thunk|guard|dispatch)")


def outside(found):
    """FOUND without the handler's frames, if the thread is in that: its stack is
    another, which gdb is shown as that of a signal."""
    for i, (function, _) in enumerate(found):
        if ENTRY.match(function):
            return found[i:]
        if function == SIGNAL and not ENTRY.match(
                found[i + 1][0] if i + 1 < len(found) else ""):
            break
    return found


def frames(text, pattern):
    """FUNCTION (FILE:LINE), or with the library that it is from."""
    found = []
    for match in pattern.finditer(text):
        function, place, other = match.groups()
        place = os.path.basename((place or other or "").strip("()"))
        found.append((function or "??", re.sub(r":(\d+):\d+$", r":\1", place)))
    return tuple("%s (%s)" % (function, place) if place else function
                 for function, place in outside(found)
                 if not WAYS.match(function))[:FRAMES]


def of_log(lines):
    """That of the lines that inject writes for a call."""
    found = []
    for file, function, address in LOG_FRAME.findall("".join(lines)):
        file = os.path.basename(file)
        if not function:
            found.append("%s+%s" % (file, address))
        elif not WAYS.match(function):
            found.append("%s (%s)" % (function, file))
    return tuple(found[:FRAMES])


def functions(stack):
    """What of a stack is the same in another build, or at another line."""
    return tuple(frame.rsplit(" (", 1)[0] for frame in stack)


def run_gdb(arguments, limit, **options):
    """What gdb prints; "" if it takes too long."""
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, **options)
    try:
        return process.communicate(timeout=limit)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        return ""
    finally:
        end_session(process)


def batch(gdb, commands):
    line = [gdb, "-nx", "-nh", "-batch"]
    for command in (*QUIET, *commands):
        line += ["-ex", command]
    return line


def of_crash(gdb, command, limit, **options):
    """The stack on which COMMAND, or a process that it makes, gets its signal."""
    line = batch(gdb, (
        "set detach-on-fork off", "set schedule-multiple on",
        "handle all nostop noprint pass", "handle %s stop print" % CRASHES,
        "run", "sharedlibrary", "bt 30"))
    text = run_gdb([*line, "--args", *command], 3 * limit + 20, **options)
    return frames(text.rpartition("received signal")[2], GDB_FRAME)


def of_processes(gdb, processes):
    """The stack of the first that has one."""
    for process in processes[:4]:
        stack = frames(run_gdb([*batch(gdb, ("bt 30",)), "-p", str(process)], 20,
                               stdin=subprocess.DEVNULL), GDB_FRAME)
        if stack:
            return stack
    return ()


def of_sanitizer(text):
    """What a sanitizer says in TEXT, and its stack; or None."""
    found = SANITIZER.search(text)
    if not found:
        return None
    what = re.sub(r"0x[0-9a-f]+", "ADDRESS", found[0]).strip()
    stack = frames(text[found.start():].partition("\n\n")[0], SANITIZER_FRAME)
    if not stack and found[0].startswith("runtime error"):
        # Without a stack it has a place.
        line = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
        stack = (re.sub(r":\d+: *$", "", line.strip()),)
    return what, stack
