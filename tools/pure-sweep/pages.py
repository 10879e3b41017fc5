#!/usr/bin/env python3
# Make errors.table of the man pages of section 2.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: pages.py CALLS [DIR] >errors.table
#
# CALLS is a file whose lines begin with the names of calls, kit/calls.table; DIR
# has the pages, those of Debian's package manpages-dev if it isn't given.
#
# What a page says of several calls is taken apart by the names in front of an
# error, "(openat()) ...", and in front of a list of errors.  What it says by
# naming another page, or doesn't say of this machine, stands in the tables here.

import errno
import gzip
import os
import re
import sys

# What a page calls the call.
ALIASES = {
    "epoll_create1": ["epoll_create1"],
    "faccessat": ["faccessat"],
    "faccessat2": ["faccessat2", "faccessat"],
    "newfstatat": ["fstatat"],
    "recvfrom": ["recvfrom", "recv"],
    "rt_sigaction": ["sigaction"],
    "rt_sigprocmask": ["sigprocmask"],
    "rt_sigtimedwait": ["sigtimedwait", "sigwaitinfo"],
    "semtimedop": ["semtimedop", "semop"],
    "sendto": ["sendto", "send"],
    "wait4": ["waitpid", "wait4"],
    "pread64": ["pread"],
    "pwrite64": ["pwrite"],
    "prlimit64": ["prlimit", "getrlimit", "setrlimit"],
    "clock_nanosleep": ["clock_nanosleep"],
}

# "As for ...": the errors of these calls too.
AS_FOR = {
    "accept4": ["accept"],
    "creat": ["open"],
    "epoll_pwait": ["epoll_wait"],
    "epoll_pwait2": ["epoll_wait"],
    "execveat": ["execve"],
    "faccessat": ["access"],
    "faccessat2": ["access"],
    "fchmodat": ["chmod"],
    "fchownat": ["chown"],
    "fgetxattr": ["fstat"],
    "flistxattr": ["fstat"],
    "fremovexattr": ["fstat"],
    "fsetxattr": ["fstat"],
    "getxattr": ["stat"],
    "lgetxattr": ["stat"],
    "lchown": ["chown"],
    "linkat": ["link"],
    "listxattr": ["stat"],
    "llistxattr": ["stat"],
    "lremovexattr": ["stat"],
    "lsetxattr": ["stat"],
    "mkdirat": ["mkdir"],
    "mknodat": ["mknod"],
    "newfstatat": ["stat"],
    "openat": ["open"],
    "openat2": ["open"],
    "pread64": ["read", "lseek"],
    "preadv": ["readv", "lseek"],
    "preadv2": ["readv", "lseek"],
    "pwrite64": ["write", "lseek"],
    "pwritev": ["writev", "lseek"],
    "pwritev2": ["writev", "lseek"],
    "readlinkat": ["readlink"],
    "readv": ["read"],
    "recvmmsg": ["recvmsg"],
    "removexattr": ["stat"],
    "renameat": ["rename"],
    "renameat2": ["rename"],
    "sendmmsg": ["sendmsg"],
    "setxattr": ["stat"],
    "symlinkat": ["symlink"],
    "unlinkat": ["unlink", "rmdir"],
    "utimensat": ["utime"],
    "vfork": ["fork"],
    "wait4": ["waitpid"],
    "writev": ["write"],
}

# Where the page can't be taken apart, or what is right is another: what isn't an
# error of the call, for the page means its relatives, another machine, or what the
# C library does.
NOT_OF = {
    "dup": "EBUSY EINTR",
    # A failed brk returns no error, but the old break.
    "brk": "ENOMEM",
    "clock_getres": "EACCES EPERM",
    "clock_gettime": "EACCES EPERM",
    "fchmod": "EACCES EFAULT ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR",
    "fchown": "EACCES EFAULT ELOOP ENAMETOOLONG ENOENT ENOTDIR",
    "fork": "ENOSYS",
    "fstat": "EACCES ELOOP ENAMETOOLONG ENOENT ENOTDIR",
    "fstatfs": "EACCES ELOOP ENAMETOOLONG ENOENT ENOTDIR",
    "getcwd": "EACCES EINVAL",
    "getpgrp": "EACCES EINVAL EPERM ESRCH",
    "getpgid": "EACCES EINVAL EPERM",
    "getpriority": "EACCES EPERM",
    "getrlimit": "EPERM ESRCH",
    "gettimeofday": "EPERM",
    "lstat": "EBADF",
    "munmap": "EACCES EAGAIN EBADF EEXIST ENFILE ENODEV EOVERFLOW EPERM ETXTBSY",
    "mmap": "EOVERFLOW",
    "readv": "EOPNOTSUPP",
    "preadv": "EOPNOTSUPP",
    "pwritev": "EOPNOTSUPP",
    "set_robust_list": "EFAULT EPERM ESRCH",
    "setrlimit": "ESRCH",
    "stat": "EBADF",
    "sync": "EBADF EDQUOT EIO ENOSPC",
    "wait4": "EAGAIN",
    "writev": "EOPNOTSUPP",
}

# And what is.
ALSO_OF = {
    "execveat": "EBADF",
    "fchmod": "EIO EPERM EROFS",
    "fchown": "EIO EPERM EROFS",
    "ftruncate": "EFBIG EINTR EIO EPERM ETXTBSY",
}

# What a call fails with depends on what it is to do: by a constant among its
# arguments, or its beginning.
BY_OPERATION = {
    "fcntl": {
        "F_DUPFD": "EBADF EINVAL EMFILE",
        "F_GETFD": "EBADF",
        "F_GETFL": "EBADF",
        "F_SETFD": "EBADF",
        "F_SETFL": "EBADF EINVAL EPERM",
        "F_SETLK": "EACCES EAGAIN EBADF EDEADLK EFAULT EINTR EINVAL ENOLCK",
        "F_OFD_SETLK": "EACCES EAGAIN EBADF EDEADLK EFAULT EINTR EINVAL ENOLCK",
    },
    "futex": {
        "FUTEX_WAIT": "EAGAIN EFAULT EINTR EINVAL ETIMEDOUT",
        "FUTEX_WAKE": "EFAULT EINVAL",
    },
}

# Of two names for a number: the kernel's.
NAMES = {"ENOTSUP": "EOPNOTSUPP", "EDEADLOCK": "EDEADLK", "EWOULDBLOCK": "EAGAIN"}


class Pages:
    def __init__(self, directory):
        self.directory = directory

    def lines(self, name):
        """The lines of page NAME of section 2, or of what it leads to."""
        path = os.path.join(self.directory, name + ".2.gz")
        if not os.path.exists(path):
            return []
        with gzip.open(path, "rt", errors="replace") as page:
            lines = page.read().split("\n")
        for line in lines[:3]:
            link = re.match(r"\.so man2/(.*)\.2$", line)
            if link:
                return self.lines(link[1])
        return lines

    def errors_section(self, name):
        lines, inside = [], False
        for line in self.lines(name):
            if line.startswith(".SH"):
                inside = line.strip().strip('"').endswith("ERRORS")
            elif inside and not line.startswith(('.\\"', "'\\\"")):
                lines.append(line)
        return lines


def plain(line):
    """The text of a line of a page."""
    macro = re.match(r"\.(BR|RB|IR|RI|BI|IB) ", line)
    if line.startswith("."):
        line = line.partition(" ")[2]
    words = re.findall(r'"[^"]*"|(?:\\ |\S)+', line)
    line = ("" if macro else " ").join(word.strip('"') for word in words)
    line = line.replace("\\ ", " ")
    return re.sub(r"\\f[A-Z]|\\[&%,/]", "", line)


def functions(text):
    return set(re.findall(r"([a-z_0-9]+) ?\(\)", text))


def scope_of(text):
    """The functions that an error's text begins with, in parentheses."""
    front = re.match(r"\(((?:[^()]|\(\))*)\)", text)
    return functions(front[1]) if front else set()


def paragraph_scope(text):
    """The functions that the list after this paragraph is of; none: of all."""
    sentences = [said for said in re.split(r"\. (?=[A-Z])", text)
                 if re.search(r"errors?\b|^For |below", said)]
    return functions(sentences[-1]) if sentences else set()


def entries(lines):
    """What is said: errors, and which functions they are of; none: of all."""
    scope, i = set(), 0
    while i < len(lines):
        end = i + 1
        while end < len(lines) and not re.match(r"\.(TP|PP|P|SS)\b", lines[end]):
            end += 1
        if lines[i].startswith(".TP"):
            names = re.findall(r"\bE[A-Z0-9]+\b", lines[i + 1])
            text = " ".join(plain(line) for line in lines[i + 2:end])
            yield names, scope_of(text) or scope
        else:
            text = " ".join(plain(line) for line in lines[i:end])
            scope = paragraph_scope(text.strip())
        i = end


def own_errors(pages, call):
    wanted = set(ALIASES.get(call, [call]))
    found = set()
    for names, scope in entries(pages.errors_section(call)):
        if not scope or scope & wanted:
            found.update(names)
    return found


def errors(pages, call):
    found = own_errors(pages, call) | set(ALSO_OF.get(call, "").split())
    for other in AS_FOR.get(call, []):
        found |= errors(pages, other)
    found = {NAMES.get(name, name) for name in found if hasattr(errno, name)}
    return found - set(NOT_OF.get(call, "").split())


HEAD = """\
# The errors of calls, as the man pages of section 2 have them: man-pages 6.03.
# Made by pages.py, where what they don't say stands, and reviewed.  CALL:CONSTANT
# is the call with an argument that is, or begins with, CONSTANT.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""


def main():
    pages = Pages(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/man/man2")
    with open(sys.argv[1]) as table:
        calls = [line.split()[0] for line in table
                 if line.strip() and not line.startswith("#")]
    sys.stdout.write(HEAD)
    for call in calls:
        for constant, names in BY_OPERATION.get(call, {}).items():
            print("%-24s%s" % (call + ":" + constant, names))
        names = sorted(errors(pages, call))
        if names:
            print("%-24s%s" % (call, " ".join(names)))


if __name__ == "__main__":
    main()
