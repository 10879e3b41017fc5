#!/usr/bin/env python3
# Write a C or C++ file of random functions with system call sites.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: functions.py [--hard] SEED COUNT [--only INDEX [--drop ID,...] [--list]]
#
# The same SEED gives the same file.  Each function is drawn by itself, so that
# --only can write it alone; --drop leaves out statements, and --list prints the
# IDs of those that can be.  With --hard some operands have hard register
# constraints, as GCC 16 and later have them.  The file's first lines say how it is to be
# compiled; see functions.sh.

import argparse
import random

from functions_sites import (JUMPS, THROWS, TYPES, Node, Variable, cast,
                             fake_site, mapping, real_site)

FLOATS = ["float", "double", "long double", "__complex__ double", "vector4f",
          "vector4d", "vector16i"]
INLINE = ["static inline", "static inline __attribute__ ((always_inline))",
          "static __attribute__ ((noinline))", "static",
          "static __attribute__ ((noipa))", "static __attribute__ ((flatten))"]


class Body:
    """The statements of a function, and what is in scope where it has got to:
    variables, and register variables by their register."""

    def __init__(self, function, variables=(), main=False):
        self.function, self.rng = function, function.rng
        self.unit = function.unit
        self.variables, self.floats = list(variables), []
        self.registers = {}
        self.main = main        # may call other functions
        self.once = main        # not in a loop or a branch
        self.catching = False   # may throw
        self.looping = False
        self.depth = 0

    def chance(self, p):
        return self.rng.random() < p

    def fresh(self, stem):
        return self.function.fresh(stem)

    def hazard(self):
        """What comes may destroy register variables, but for the plugin."""
        if self.registers:
            self.function.plain = False

    def assignable(self):
        return [v for v in self.variables if not v.constant]

    def expression(self, depth=2):
        """An expression of type unsigned long."""
        rng = self.rng
        if depth == 0 or self.chance(.35):
            how = rng.random()
            if how < .6 and self.variables:
                v = rng.choice(self.variables)
                # Nothing that is a register variable's operand by itself.
                return ("((unsigned long) %s + 3)" if v.reg
                        else "(unsigned long) %s") % v.name
            if how < .85:
                return "(unsigned long) c->in[%d]" % rng.randrange(16)
            return "%dul" % rng.choice([0, 1, 2, 77, 0xffff, 0xfffffffe,
                                        rng.getrandbits(63)])
        a, b = self.expression(depth - 1), self.expression(depth - 1)
        how = rng.random()
        if how < .12:
            return "((%s) %s %d)" % (a, rng.choice(["<<", ">>"]),
                                     rng.randrange(1, 64))
        if how < .2:
            return "(%s & 1 ? %s : %s)" % (a, b, self.expression(0))
        return "(%s %s %s)" % (a, rng.choice("+-*^&|"), b)

    def odd(self):
        return "(%s) & 1" % self.expression()

    def declare(self, count):
        """Declarations of COUNT variables."""
        lines = []
        for _ in range(count):
            v = Variable(self.fresh("v"),
                         self.rng.choice(["long", "long", "unsigned long"]
                                         + list(TYPES)),
                         volatile=self.chance(.06))
            lines.append(v.declaration(cast(v.kind, self.expression(1))))
            self.variables.append(v)
        return lines

    def declare_floats(self, count):
        lines = []
        for _ in range(count):
            v = Variable(self.fresh("d"), self.rng.choice(FLOATS))
            if v.kind.startswith("vector"):
                n = int(v.kind[6:-1])
                element = {"f": "float", "d": "double", "i": "int"}[v.kind[-1]]
                lines.append("%s %s = { %s };" % (v.kind, v.name, ", ".join(
                    "(%s) c->fp[%d]" % (element, self.rng.randrange(8))
                    for _ in range(n))))
            else:
                lines.append(v.declaration("c->fp[%d]" % self.rng.randrange(8)))
            self.floats.append(v)
        return lines

    def fold(self):
        """Statements that put each variable into the hash."""
        lines = ["h = mix (h, (unsigned long) %s);" % v.name
                 for v in self.variables]
        for v in self.floats:
            parts = [v.name]
            if v.kind.startswith("vector"):
                parts = ["%s[%d]" % (v.name, i) for i in range(4)]
            elif v.kind.startswith("__complex__"):
                parts = ["__real__ " + v.name, "__imag__ " + v.name]
            lines += ["h = mix (h, (unsigned long) (long) (%s));" % p
                      for p in parts]
        return lines

    # Statements.

    def inside(self, count=None, **state):
        """Statements of a block, with STATE while they are drawn."""
        state.setdefault("once", False)
        state["depth"] = self.depth + 1
        before = {name: getattr(self, name) for name in state}
        variables, registers = list(self.variables), dict(self.registers)
        for name, value in state.items():
            setattr(self, name, value)
        nodes = [self.statement()
                 for _ in range(count or self.rng.randrange(1, 4))]
        for name, value in before.items():
            setattr(self, name, value)
        self.variables, self.registers = variables, registers
        return nodes

    def choices(self):
        """What the next statement can be, each with its weight."""
        # What may destroy register variables is rare where there are some.
        safe = bool(self.registers) and self.chance(.8)
        yield 4, self.assign
        yield 3, self.compute
        yield 9, self.site
        if not safe:
            yield 1, self.barrier
            yield .7, self.array
        if self.looping:
            yield .5, self.leave_loop
        if self.registers:
            yield 3, self.register_asm
        if self.depth == 3 or self.function.budget < 2:
            return
        if not self.unit.residual:
            # Only where a site is sure to be a guarded one.
            yield 4, self.region
        yield 2, self.conditional
        yield 2, self.loop
        yield 1, self.switch
        yield 1, self.forward
        yield .7, self.backward
        if not self.main or safe:
            return
        yield .7, self.table
        yield 2, self.call
        yield 1, self.nested
        if self.unit.cxx:
            yield 1.5, self.instance
        if self.unit.exceptions:
            yield 2, self.catch

    def statement(self):
        self.function.budget -= 1
        if self.function.budget < 0:
            return self.assign()
        weights, makers = zip(*self.choices())
        return self.rng.choices(makers, weights)[0]()

    def assign(self):
        v = self.rng.choice(self.assignable())
        return Node("%s = %s;" % (v.name, cast(v.kind, self.expression())))

    def compute(self):
        """Something with floating point or vectors.  All values are exact."""
        if not self.floats:
            return self.assign()
        v = self.rng.choice(self.floats)
        value = "(int) ((%s) & 0x3ff)" % self.expression(1)
        if v.kind.startswith("vector"):
            return Node("%s[%d] = %s;" % (v.name, self.rng.randrange(4), value))
        if v.kind.startswith("__complex__"):
            part = self.rng.choice(["__real__", "__imag__"])
            return Node("%s %s = %s * 3 + c->fp[%d];"
                        % (part, v.name, value, self.rng.randrange(8)))
        return Node("%s = (%s) %s * 5 + (%s) c->fp[%d];"
                    % (v.name, v.kind, value, v.kind, self.rng.randrange(8)))

    def site(self):
        how = self.rng.random()
        # Addresses, and calls that tell nothing of themselves, don't go with
        # all that may be.
        if (how < .2 and not self.unit.residual
                and not {"rdi", "rsi"} & set(self.registers)):
            return mapping(self) if how < .03 else real_site(self)
        return fake_site(self, THROWS if self.catching and self.chance(.4)
                         else 0)

    def barrier(self):
        """Something that GCC can't see through."""
        how = self.rng.random()
        v = self.rng.choice(self.assignable())
        if how < .3 and self.floats:
            f = self.rng.choice(self.floats)
            if f.kind in ("float", "double", "vector4f"):
                return Node('__asm__ volatile ("" : "+x" (%s));' % f.name)
        if how < .6 or v.reg:
            return Node('__asm__ volatile ("" : "+r" (%s) : : "memory");'
                        % v.name)
        self.hazard()
        if how < .8:
            return Node("expose ((void *) &%s);" % v.name)
        return Node("%s = %s;" % (v.name,
                                  cast(v.kind, "opaque (%s)"
                                       % self.expression())))

    def leave_loop(self):
        return Node("if (%s) %s;" % (self.odd(),
                                     self.rng.choice(["break", "continue"])))

    def register_asm(self):
        """Another statement with a register variable."""
        v = self.rng.choice(list(self.registers.values()))
        if self.chance(.4):
            return Node("%s = %s;" % (v.name, cast(v.kind, self.expression())))
        if self.chance(.3):
            return Node('__asm__ ("" : "=r" (%s) : "0" (%s));'
                        % (v.name, v.name))
        if TYPES[v.kind] == 64 and self.chance(.5):
            return Node('__asm__ ("{addq $5, %%0|add %%0, 5}" : "+r" (%s) : '
                        ': "cc");' % v.name)
        return Node('__asm__ volatile ("" : "+r" (%s));' % v.name)

    def region(self):
        """Register variables, and statements that share them.  The last is a
        site that has all of them: what no site has is as GCC leaves it."""
        free = [r for r in ("r10", "r10", "r8", "r8", "r9", "r9", "rdi", "rsi",
                            "rdx") if r not in self.registers]
        chosen = set(self.rng.sample(free, self.rng.randrange(1, 4))
                     if len(free) > 3 else free)
        if not chosen:
            return self.site()
        head = ["{"]
        new = {}
        for reg in sorted(chosen, key=lambda _: self.rng.random()):
            v = Variable(self.fresh(reg + "_"),
                         self.rng.choice(["long", "long", "unsigned long"]
                                         + list(TYPES)), reg)
            new[reg] = v
            a, b = (cast(v.kind, self.expression()) for _ in range(2))
            if self.chance(.7):
                head.append("  " + v.declaration(a))
            else:
                head += ["  " + v.declaration(),
                         "  if (%s) %s = %s; else %s = %s;"
                         % (self.odd(), v.name, a, v.name, b)]
        variables = self.variables + list(new.values())
        registers = {**self.registers, **new}
        children = self.inside(variables=variables, registers=registers,
                               once=self.once)
        before, self.registers = self.registers, registers
        last = fake_site(self, sharing=chosen)
        last.fixed, self.registers = True, before
        children.append(last)
        tail = ["  h = mix (h, (unsigned long) %s);" % v.name
                for v in new.values() if self.chance(.5)]
        return Node(head, children, tail + ["}"])

    def conditional(self):
        head = "if (%s) {" % self.odd()
        children = self.inside()
        if self.chance(.6):
            return Node(head, children, "}", unwrap=True)
        return Node(head, children + [Node("} else {", fixed=True)]
                    + self.inside(), "}")

    def loop(self):
        i = Variable(self.fresh("i"), "long", constant=True)
        n = self.rng.randrange(1, 4)
        children = self.inside(variables=self.variables + [i], looping=True)
        how = self.rng.random()
        if how < .5:
            return Node("for (long %s = 0; %s < %d; %s++) {"
                        % (i.name, i.name, n, i.name), children, "}")
        if how < .75:
            return Node(["{", "long %s = %d;" % (i.name, n),
                         "while (%s-- > 0) {" % i.name], children, ["}", "}"])
        return Node(["{", "long %s = %d;" % (i.name, n), "do {"], children,
                    ["} while (--%s > 0);" % i.name, "}"])

    def switch(self):
        cases = [Node("case %d: {" % i, self.inside(looping=False),
                      "} break;" if self.chance(.7) else "}")
                 for i in range(self.rng.randrange(2, 5))]
        if self.chance(.6):
            cases.append(Node("default: {", self.inside(looping=False), "}"))
        return Node("switch ((%s) & 3) {" % self.expression(), cases, "}")

    def forward(self):
        label = self.fresh("L")
        return Node("if (%s) goto %s;" % (self.odd(), label), self.inside(),
                    "%s: ;" % label, unwrap=True)

    def backward(self):
        label, i = self.fresh("L"), self.fresh("i")
        return Node(["{", "long %s = %d;" % (i, self.rng.randrange(1, 3)),
                     "%s: ;" % label], self.inside(looping=False),
                    ["if (--%s > 0) goto %s;" % (i, label), "}"])

    def table(self):
        """Computed gotos."""
        labels = [self.fresh("L") for _ in range(3)]
        table = self.fresh("table")
        children = [Node("%s: {" % label, self.inside(looping=False), "}",
                         fixed=True)
                    for label in labels]
        return Node(["{", "static const void *const %s[] = { %s };"
                     % (table, ", ".join("&&" + label for label in labels)),
                     "goto *%s[(%s) %% 3];" % (table, self.expression())],
                    children, "}")

    def array(self):
        """An array whose length isn't constant, or memory from alloca."""
        a, n = self.fresh("array"), self.fresh("n")
        self.hazard()
        head = ["{",
                "unsigned long %s = (%s & 7) + 1;" % (n, self.expression())]
        if self.chance(.3) and not self.looping:
            head.append("long *%s = (long *) __builtin_alloca (%s * 8);"
                        % (a, n))
        else:
            head.append("long %s[%s];" % (a, n))
        head.append("for (unsigned long z = 0; z < %s; z++) %s[z] = %s;"
                    % (n, a, self.expression()))
        return Node(head, self.inside(once=self.once),
                    ["h = mix (h, %s[%s - 1]);" % (a, n), "}"])

    # Statements that use other functions; those are part of this one.

    def use(self, call):
        self.hazard()
        v = self.rng.choice(self.assignable())
        return "%s = %s;" % (v.name, cast(v.kind, call))

    def other_body(self, variables, throws=True):
        body = Body(self.function, variables)
        body.catching = throws and self.catching
        return body

    def call(self):
        """A call of another function, a new one or one that there is."""
        known = [text for text, throws in self.function.helpers
                 if self.catching or not throws]
        if known and self.chance(.4):
            text = self.rng.choice(known)
        else:
            text = self.helper()
        return Node(self.use(text % (cast("long", self.expression()),
                                     cast("short", self.expression()))))

    def helper(self):
        """Define another function.  Returns how it is called."""
        name = self.fresh(self.function.name + "_helper")
        p, q = Variable("p", "long"), Variable("q", "short")
        variables = [p, q]
        if self.unit.cxx and self.chance(.5):
            p.kind, p.constant = "T", True
            variables.append(Variable("N", "int", constant=True))
            head = ["template <class T, int N>", "static long"]
            text = "%s<%s, %d>" % (
                name, self.rng.choice(["long", "int", "unsigned char"]),
                self.rng.randrange(99))
        else:
            head = [self.rng.choice(INLINE) + " long"]
            text = name
        head.append("%s (struct context *c, %s p, short q)" % (name, p.kind))
        throws = self.catching and self.chance(.8)
        if self.unit.cxx and not throws and self.chance(.4):
            head[-1] += " noexcept"
        body = self.other_body(variables, throws)
        self.function.prelude.append(body.definition(head))
        text += " (c, %s, %s)"
        self.function.helpers.append((text, throws))
        return text

    def definition(self, head):
        """This body as a function with HEAD before it."""
        lines = self.declare(2) + self.declare_floats(self.rng.randrange(2))
        children = [self.statement() for _ in range(self.rng.randrange(1, 4))]
        return Node(head + ["{", "  unsigned long h = (unsigned long) p ^ q;"]
                    + ["  " + line for line in lines], children,
                    ["  " + line for line in self.fold()]
                    + ["  return h;", "}", ""])

    def nested(self):
        """A lambda, or in C a nested function."""
        name = self.fresh("nested")
        p, q = Variable("p", "long"), Variable("q", "short")
        outer = [v for v in self.variables if not v.reg]
        body = self.other_body([p, q] + outer)
        body.floats = list(self.floats)
        if self.unit.cxx:
            head, tail = "auto %s = [&] (long p, short q) -> long" % name, "};"
        else:
            head, tail = "long %s (long p, short q)" % name, "}"
        children = [body.statement() for _ in range(self.rng.randrange(1, 3))]
        function = Node([head, "{", "  unsigned long h = p * 3ul;"], children,
                        ["  return h;", tail], fixed=True)
        self.hazard()
        return Node("{", [function,
                          Node(self.use("%s (%s, 3)" % (name,
                                                        self.expression())),
                               fixed=True)], "}")

    def instance(self):
        """An object with sites in its constructor, method and destructor."""
        name, o = self.fresh(self.function.name + "_class"), self.fresh("o")
        p, q = Variable("p", "long"), Variable("q", "short")
        a = Variable("a", "long")
        virtual = "virtual " if self.chance(.3) else ""
        parts = []
        for head, last, throws in [
                ("%s (struct context *context, long p, short q) : "
                 "c (context), a (p)" % name, "a = h;", True),
                (virtual + "long method (long p, short q)", "return h;", True),
                ("%s~%s ()" % (virtual, name), "c->out[3] ^= h;", False)]:
            body = self.other_body([a] if not throws else [p, q, a], throws)
            children = [body.statement()
                        for _ in range(self.rng.randrange(1, 3))]
            parts.append(Node([head, "{", "  unsigned long h = a * 5ul;"],
                              children, ["  " + last, "}"], fixed=True))
        self.function.prelude.append(
            Node(["struct %s" % name, "{", "  struct context *c;", "  long a;"],
                 parts, ["};", ""]))
        self.hazard()
        use = self.use("%s.method (%s, 4)" % (o, self.expression()))
        return Node(["{", "%s %s (c, %s, 5);" % (name, o, self.expression())],
                    self.inside() + [Node(use)], "}")

    def catch(self):
        t = self.fresh("t")
        self.hazard()
        return Node("try {", self.inside(catching=not self.unit.residual),
                    "} catch (const thrown &%s) { h = mix (h, %s.value); }"
                    % (t, t))


class Function:
    """Function number INDEX of UNIT, with those that it alone calls."""

    def __init__(self, unit, index):
        self.unit, self.index = unit, index
        self.rng = random.Random("%d/%d" % (unit.seed, index))
        self.name = "f%d" % index
        self.plain = True
        self.count = 0
        self.budget = self.rng.randrange(4, 15)
        self.prelude, self.helpers = [], []
        main = self.jumping() if self.rng.random() < unit.jumping \
            else self.straight()
        self.node = Node([], self.prelude + [main])
        self.node.number()

    def fresh(self, stem):
        self.count += 1
        return "%s%d" % (stem, self.count)

    def head(self):
        return ["static __attribute__ ((noinline)) long",
                "%s (struct context *c)" % self.name, "{",
                "  unsigned long h = %d;" % self.rng.getrandbits(30)]

    def straight(self):
        body = Body(self, main=True)
        head = body.declare(self.rng.randrange(2, 7))
        head += body.declare_floats(self.rng.choice([0, 0, 1, 2, 4]))
        children = [body.statement() for _ in range(self.rng.randrange(2, 7))]
        return Node(self.head() + ["  " + line for line in head], children,
                    ["  " + line for line in body.fold()]
                    + ["  return h;", "}", ""], fixed=True)

    def jumping(self):
        """A function that calls setjmp, and that the handler jumps back to.
        What is set before that, and in memory, is as it was."""
        outer = Body(self)
        head = outer.declare(self.rng.randrange(2, 9))
        head += outer.declare_floats(self.rng.choice([0, 0, 2]))
        head += ["long *cell = (long *) __builtin_malloc (2 * sizeof (long));",
                 "cell[0] = %s;" % outer.expression(),
                 "volatile int step = 0;"]
        fold = outer.fold()
        body = Body(self, [Variable(v.name, v.kind, constant=True)
                           for v in outer.variables])
        inner = body.declare(self.rng.randrange(1, 9))
        jump = fake_site(body, JUMPS)
        jump.fixed = True
        first = Node(
            ["if (setjmp (c->env) == 0)", "{",
             "  unsigned long h = 9;"] + ["  " + line for line in inner],
            [body.statement() for _ in range(self.rng.randrange(3))]
            + [Node(["cell[0] = %s;" % body.expression(), "step = 1;"]), jump]
            + [body.statement() for _ in range(self.rng.randrange(3))],
            ["  " + line for line in body.fold()]
            + ["  return mix (h, cell[0]);", "}"], fixed=True)
        second = Body(self, [Variable(v.name, v.kind, constant=True)
                             for v in outer.variables])
        last = second.declare(1)
        return Node(self.head() + ["  " + line for line in head],
                    [first, Node(last, fixed=True)]
                    + [second.site() for _ in range(self.rng.randrange(2))],
                    ["  " + line for line in fold]
                    + ["  return mix (mix (h, cell[0]), step);", "}", ""],
                    fixed=True)

    def text(self, dropped):
        return self.mark("\n".join(self.node.lines(dropped, -1)))

    def entry(self):
        return self.mark('  { %s, "%s", %d },' % (self.name, self.name,
                                                  self.plain))

    def mark(self, text):
        return text if self.plain else "#ifndef PLAIN\n%s\n#endif" % text


class Unit:
    """A file: its language, and the options that it is compiled with."""

    def __init__(self, seed, hard):
        self.seed, self.hard = seed, hard
        self.rng = rng = random.Random(seed)
        self.cxx = rng.random() < .4
        self.standard = rng.choice(["gnu++14", "gnu++17", "gnu++20"] if self.cxx
                                   else ["gnu99", "gnu11", "gnu17"])
        flags = [rng.choice(["-O0", "-O1", "-O2", "-O2", "-O2", "-O3", "-Os",
                             "-Og"])]
        self.link, position = rng.choice([("-pie", "-fPIE"), ("-pie", "-fPIC"),
                                          ("-no-pie", "-fno-pie")])
        flags.append(position)
        exceptions = self.cxx and rng.random() < .8
        if self.cxx and not exceptions:
            flags.append("-fno-exceptions")
        noncall = rng.random() < .1 and (exceptions or not self.cxx)
        if noncall:
            flags += ["-fexceptions", "-fnon-call-exceptions"]
        # There a statement can throw, and goes by the thunk.
        self.residual = noncall and self.cxx
        self.exceptions = exceptions
        self.flags = flags + [flag for share, flag in FLAGS
                              if rng.random() < share]
        _, self.instrument, self.with_ = rng.choices(
            INSTRUMENTS, [share for share, _, _ in INSTRUMENTS])[0]
        if self.residual:
            self.instrument = self.with_ = ""
        self.plugin = ["mode=" + rng.choice(["inline", "inline", "call"])]
        if rng.random() < .1:
            self.plugin.append("visibility=hidden")
        # A file that calls setjmp gets guards of another kind.
        self.jumping = rng.choice([0, .08])

    def header(self):
        yield "/* language: %s  */" % ("c++" if self.cxx else "c")
        yield "/* standard: %s  */" % self.standard
        yield "/* flags: %s  */" % " ".join(self.flags)
        yield "/* instrument: %s  */" % self.instrument
        yield "/* with: %s  */" % self.with_
        yield "/* link: %s  */" % self.link
        yield "/* plugin: %s  */" % " ".join(self.plugin)


# Options, and the share of files that have them.
FLAGS = [(.15, "-masm=intel"), (.15, "-march=native"), (.15, "-g"),
         (.15, "-fchecking"), (.08, "-flto"), (.05, "-fno-omit-frame-pointer"),
         (.05, "-fstack-protector-all"), (.05, "-fcf-protection=full"),
         (.04, "-mno-red-zone"), (.04, "-fschedule-insns"),
         (.03, "-fno-inline"), (.03, "-fno-tree-pre"),
         (.03, "-fipa-pta"), (.03, "-funroll-all-loops"),
         (.03, "-fno-tree-ter"), (.03, "-fira-algorithm=priority"),
         (.03, "-fselective-scheduling2"), (.03, "-fno-if-conversion"),
         (.03, "-fno-toplevel-reorder"), (.03, "-ffunction-sections"),
         (.03, "-fira-region=all"), (.03, "-fno-reorder-blocks-and-partition"),
         (.03, "-fstack-clash-protection"), (.03, "-fno-plt")]

# What inserts calls: the share of files, the flags, and what they are linked
# with: the hooks of the plugin's tests, or what the same flags link.
INSTRUMENTS = [
    (50, "", ""),
    (7, "-fsanitize=address", "flags"),
    (6, "-fsanitize=undefined", "flags"),
    (4, "-fsanitize=thread", "flags"),
    (9, "-fsanitize=thread", "hooks"),
    (9, "-fsanitize-coverage=trace-pc", "hooks"),
    (5, "-fsanitize=kernel-address --param "
     "asan-instrumentation-with-call-threshold=0", "hooks"),
    (6, "-finstrument-functions", "hooks"),
    (4, "-pg", "flags")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--only", type=int)
    parser.add_argument("--drop", default="")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    dropped = set(arguments.drop.split(","))
    unit = Unit(arguments.seed, arguments.hard)
    indices = range(arguments.count) if arguments.only is None \
        else [arguments.only]
    functions = [Function(unit, i) for i in indices]
    if arguments.list:
        print(" ".join(functions[0].node.names(dropped)[1:]))
        return
    print("\n".join(unit.header()))
    print('\n#include "functions.h"\n')
    for function in functions:
        print(function.text(dropped))
    print("const struct function functions[] = {")
    for function in functions:
        print(function.entry())
    print("};\nconst int function_count "
          "= sizeof functions / sizeof *functions;")


main()
