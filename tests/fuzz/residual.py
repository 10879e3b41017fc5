#!/usr/bin/env python3
# Write a C file of random asm statements that the plugin can't model.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: residual.py SEED COUNT DIALECT > FILE        DIALECT: att or intel
#
# Each statement makes one or more system calls whose results are the same in
# each run, among instructions whose effect ends up in a checksum: labels,
# jumps, loops, flags that are set before the call and used after it, comments
# and strings that name the instruction, alternatives for both dialects, asm
# goto, statements outside of any function.  The program prints for each its
# checksum, and how many calls were made and how many the handler saw.

import random
import sys

# Calls that do nothing and fail in the same way each time: the number, and how
# many arguments have to be what.
CALLS = [(1000, []), (3, [-1]), (8, [-1, 0, 0]), (72, [-1, 1]), (5, [-1]),
         (16, [-1, 0, 0]), (1234, []), (17, [-1, 0, 0, 0])]
ARGUMENTS = ["rdi", "rsi", "rdx", "r10"]
SCRATCH = ["r12", "r13", "r14", "r15", "rbx"]


class Writer:
    """Instructions in one dialect, or as alternatives for both."""

    def __init__(self, rng, dialect, extended):
        self.rng, self.dialect, self.extended = rng, dialect, extended
        self.lines = []
        self.calls = 0
        self.labels = 0

    def add(self, att, intel):
        if self.extended:
            att = att.replace("%", "%%")
        line = intel if self.dialect == "intel" else att
        if self.extended and self.rng.random() < 0.3:
            line = "{%s|%s}" % (att, intel)
        self.lines.append(self.decorate(line))

    def plain(self, line):
        self.lines.append(self.decorate(line))

    def decorate(self, line):
        extra = self.rng.random()
        if extra < 0.08:
            line += "\t# then a syscall"
        elif extra < 0.16:
            line = "/* syscall */ " + line
        elif extra < 0.20:
            line = "# syscall; syscall\\n\\t" + line
        return line

    def label(self):
        self.labels += 1
        return str(self.labels)

    def arithmetic(self):
        a, b = self.rng.sample(SCRATCH, 2)
        k = self.rng.randrange(1, 1 << 20)
        kind = self.rng.randrange(7)
        if kind == 0:
            self.add("addq $%d, %%%s" % (k, a), "add %s, %d" % (a, k))
        elif kind == 1:
            self.add("xorq %%%s, %%%s" % (a, b), "xor %s, %s" % (b, a))
        elif kind == 2:
            self.add("leaq %d(%%%s), %%%s" % (k, a, b),
                     "lea %s, [%s+%d]" % (b, a, k))
        elif kind == 3:
            self.add("imulq $%d, %%%s, %%%s" % (k, a, b),
                     "imul %s, %s, %d" % (b, a, k))
        elif kind == 4:
            self.add("rolq $%d, %%%s" % (k % 63 + 1, a),
                     "rol %s, %d" % (a, k % 63 + 1))
        elif kind == 5:
            self.add("negq %%%s" % a, "neg %s" % a)
        else:
            self.plain("nop")

    def jump_over(self):
        target = self.label()
        self.plain("jmp %sf" % target)
        self.plain("ud2")
        self.plain("%s:" % target)

    def instruction(self):
        spelling = self.rng.choice(["syscall", "syscall", "SYSCALL", "SysCall"])
        if self.rng.random() < 0.2:
            self.plain("%s: %s" % (self.label(), spelling))
        elif self.rng.random() < 0.2:
            self.plain("nop; %s; nop" % spelling)
        else:
            self.plain(spelling)

    def set_up(self, number, arguments):
        for register, value in zip(ARGUMENTS, arguments):
            self.add("movq $%d, %%%s" % (value, register),
                     "mov %s, %d" % (register, value))
        self.add("movl $%d, %%eax" % number, "mov eax, %d" % number)

    def call(self):
        number, arguments = self.rng.choice(CALLS)
        flags = self.rng.random() < 0.4
        loop = self.rng.random() < 0.2
        times = self.rng.randrange(2, 5) if loop else 1
        a, b = self.rng.sample(SCRATCH, 2)
        if loop:
            start = self.label()
            self.add("movl $%d, %%r9d" % times, "mov r9d, %d" % times)
            self.plain("%s:" % start)
        self.set_up(number, arguments)
        if flags:
            self.add("cmpq %%%s, %%%s" % (a, b), "cmp %s, %s" % (b, a))
        self.instruction()
        self.calls += times
        if flags:
            over = self.label()
            self.plain("%s %sf" % (self.rng.choice(["jb", "jz", "js", "jo", "jp"]),
                                   over))
            self.add("addq $7, %%%s" % a, "add %s, 7" % a)
            self.plain("%s:" % over)
        self.add("addq %%rax, %%%s" % b, "add %s, rax" % b)
        if loop:
            self.add("decl %r9d", "dec r9d")
            self.plain("jnz %sb" % start)

    def body(self):
        for _ in range(self.rng.randrange(0, 4)):
            self.arithmetic()
        for _ in range(self.rng.randrange(1, 3)):
            self.call()
            if self.rng.random() < 0.3:
                self.jump_over()
            for _ in range(self.rng.randrange(0, 3)):
                self.arithmetic()
        # What the call keeps is part of the checksum.
        for register in ARGUMENTS + ["r8", "rbx", "r13", "r14", "r15"]:
            self.add("xorq %%%s, %%r12" % register, "xor r12, %s" % register)
            self.add("rolq $7, %r12", "rol r12, 7")

    def text(self):
        return "".join('    "%s\\n\\t"\n' % line for line in self.lines)


def start(w, registers):
    """Give every register a value, from the two inputs in rdi and rsi."""
    for i, register in enumerate(registers):
        source = "rdi" if i % 2 else "rsi"
        w.add("leaq %d(%%%s), %%%s" % (i * 77, source, register),
              "lea %s, [%s+%d]" % (register, source, i * 77))


CLOBBERS = ", ".join('"%s"' % r for r in
                     ["rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11",
                      "r13", "r14", "r15", "cc", "memory"])
REGISTERS = ["r12", "rbx", "r13", "r14", "r15", "rdx", "r8", "r10"]


def extended(rng, dialect, name):
    """An asm with operands, or an asm goto, in a function."""
    goto = rng.random() < 0.3
    w = Writer(rng, dialect, True)
    start(w, REGISTERS)
    w.body()
    if goto:
        w.add("movq %r12, residual_out(%rip)",
              "mov QWORD PTR residual_out[rip], r12")
        w.add("testq $1, %r12", "test r12, 1")
        w.plain("jnz %l[odd]")
        asm = ("  asm goto (\n%s    : : \"D\" (a), \"S\" (b) : %s, \"r12\" : odd);\n"
               "  return residual_out;\nodd:\n  return ~residual_out;\n"
               % (w.text(), CLOBBERS))
        declare = ""
    else:
        declare = "  register long r12 asm (\"r12\");\n"
        asm = ("  asm volatile (\n%s    : \"=r\" (r12), \"+D\" (a), \"+S\" (b) : : %s);\n"
               "  return r12;\n" % (w.text(), CLOBBERS))
    return ("static long __attribute__ ((noinline))\n%s (long a, long b)\n{\n%s%s}\n"
            % (name, declare, asm)), w.calls


def toplevel(rng, dialect, name):
    """A function that is an asm of its own."""
    w = Writer(rng, dialect, False)
    w.labels = 10
    saved = ["rbx", "r12", "r13", "r14", "r15"]
    w.lines += [".text", ".globl %s" % name, "%s:" % name]
    for r in saved:
        w.add("pushq %%%s" % r, "push %s" % r)
    start(w, REGISTERS)
    w.body()
    w.add("movq %r12, %rax", "mov rax, r12")
    for r in reversed(saved):
        w.add("popq %%%s" % r, "pop %s" % r)
    w.lines.append("ret")
    return ("extern long %s (long, long);\nasm (\n%s);\n" % (name, w.text()),
            w.calls)


def main():
    seed, count, dialect = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    rng = random.Random(seed)
    print('#include "residual.h"\nlong residual_out;')
    table = []
    for i in range(count):
        name = "f%d_%d" % (seed, i)
        kind = toplevel if rng.random() < 0.2 else extended
        text, calls = kind(rng, dialect, name)
        print(text)
        table.append("  { %s, %d, \"%s\" }," % (name, calls, name))
    print("const struct residual residuals[] = {\n%s\n};" % "\n".join(table))
    print("const int residual_count = %d;" % count)


main()
